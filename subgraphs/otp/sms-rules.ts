import { isTextable } from '../shared/identifiers/phone-number.js'
import type { OtpEnv } from './env.js'

/** Whether any number may be texted, and whether this one may (SECURITY 8.8). */
export const smsRules = ({ SMS_COUNTRIES }: Pick<OtpEnv, 'SMS_COUNTRIES'>) => ({
  isOn: SMS_COUNTRIES.length > 0,
  isTextable: (number: string) => isTextable(number, SMS_COUNTRIES),
})
