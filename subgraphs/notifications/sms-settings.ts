import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { unlessEmpty } from '../shared/env/fragments.js'
import type { TwilioSettings } from './channels/twilio.js'

/** Who carries texts, and what that takes. */
export const SmsProviderEnv = z.object({
  SMS_PROVIDER: unlessEmpty(z.enum(['dev', 'twilio'])),
  TWILIO_API_URL: unlessEmpty(z.url({ protocol: /^https?$/ })),
  TWILIO_ACCOUNT_SID: unlessEmpty(
    z.string().regex(/^AC[0-9a-f]{32}$/, 'must look like AC and 32 hex digits'),
  ),
  TWILIO_AUTH_TOKEN: unlessEmpty(z.string().min(32)),
  TWILIO_FROM: unlessEmpty(
    z
      .string()
      .regex(
        /^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/,
        'must be a number, a messaging service or a name of at most 11 letters',
      ),
  ),
})

export type SmsSettings =
  | { provider: 'none' }
  | { provider: 'dev' }
  | ({ provider: 'twilio' } & TwilioSettings)

type Source = z.output<typeof SmsProviderEnv> & { NODE_ENV: string; SMS_COUNTRIES: readonly string[] }

type Fault = { path: string; message: string }

/** Puts the settings together, or says what does not fit. */
export function readSmsSettings(env: Source): { settings: SmsSettings; faults: Fault[] } {
  const none = { provider: 'none' } as const
  switch (env.SMS_PROVIDER) {
    case undefined:
      return { settings: none, faults: env.SMS_COUNTRIES.length > 0 ? [NOBODY_CARRIES] : [] }
    case 'dev':
      return {
        settings: { provider: 'dev' },
        faults: env.NODE_ENV === 'production' ? [NOT_IN_PRODUCTION] : [],
      }
    case 'twilio':
      return readTwilio(env)
  }
}

const NOBODY_CARRIES = { path: 'SMS_PROVIDER', message: 'must be set where SMS_COUNTRIES is' }
const NOT_IN_PRODUCTION = { path: 'SMS_PROVIDER', message: 'must not be dev in production' }

function readTwilio(env: Source): { settings: SmsSettings; faults: Fault[] } {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = env
  const apiUrl = env.TWILIO_API_URL ?? 'https://api.twilio.com'
  const faults = Object.entries({
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: from,
  })
    .filter(([, value]) => value === undefined)
    .map(([path]) => ({ path, message: 'must be set where SMS_PROVIDER is twilio' }))
  if (!isSafe(new URL(apiUrl))) faults.push({ path: 'TWILIO_API_URL', message: 'must be https' })
  if (!accountSid || !authToken || !from) return { settings: { provider: 'none' }, faults }
  return { settings: { provider: 'twilio', apiUrl, accountSid, authToken, from }, faults }
}

/** The credentials travel with every request: over TLS, or within this very machine (SECURITY 12.2). */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  hostname === 'localhost' ||
  (ipaddr.isValid(hostname) && ipaddr.process(hostname).range() === 'loopback')
