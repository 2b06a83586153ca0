import { accountDeletedEn } from './account-deleted/en.js'
import { accountDeletionEn } from './account-deletion/en.js'
import { accountExistsEn } from './account-exists/en.js'
import { accountKeptEn } from './account-kept/en.js'
import { addressWantedEn } from './address-wanted/en.js'
import type { Template } from './define-template.js'
import { emailChangeEn } from './email-change/en.js'
import { emailChangedEn } from './email-changed/en.js'
import { emailVerificationEn } from './email-verification/en.js'
import { invitationEn } from './invitation/en.js'
import { loginAlertEn } from './login-alert/en.js'
import { mfaChangedEn } from './mfa-changed/en.js'
import { numberRegisteredEn } from './number-registered/en.js'
import { numberWantedEn } from './number-wanted/en.js'
import { otpEn } from './otp/en.js'
import { passwordChangedEn } from './password-changed/en.js'
import { passwordResetEn } from './password-reset/en.js'
import { phoneChangedEn } from './phone-changed/en.js'
import { sessionRevokedEn } from './session-revoked/en.js'
import { sessionsEndedEn } from './sessions-ended/en.js'
import { welcomeEn } from './welcome/en.js'

/** The language that every template has. */
export const FALLBACK_LOCALE = 'en'

type Translations = { [FALLBACK_LOCALE]: Template } & Partial<Record<string, Template>>

/** Every template in every language it has. A language is one file beside `en.ts` and one word here. */
export const CATALOGUE: Record<string, Translations> = {
  welcome: { en: welcomeEn },
  invitation: { en: invitationEn },
  'email-verification': { en: emailVerificationEn },
  'account-exists': { en: accountExistsEn },
  'login-alert': { en: loginAlertEn },
  'session-revoked': { en: sessionRevokedEn },
  'sessions-ended': { en: sessionsEndedEn },
  'email-change': { en: emailChangeEn },
  'email-changed': { en: emailChangedEn },
  'password-reset': { en: passwordResetEn },
  'password-changed': { en: passwordChangedEn },
  'address-wanted': { en: addressWantedEn },
  'account-deletion': { en: accountDeletionEn },
  'account-kept': { en: accountKeptEn },
  'account-deleted': { en: accountDeletedEn },
  'mfa-changed': { en: mfaChangedEn },
  'number-registered': { en: numberRegisteredEn },
  'number-wanted': { en: numberWantedEn },
  'phone-changed': { en: phoneChangedEn },
  otp: { en: otpEn },
}
