import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { unlessEmpty } from '../shared/env/fragments.js'
import type { GatewaySettings } from './channels/http-gateway.js'
import type { TwilioSettings } from './channels/twilio.js'
import type { VonageSettings } from './channels/vonage.js'

const senderOf = (shape: RegExp) =>
  z.string().regex(shape, 'must be a number, a messaging service or a name of at most 11 letters')

/** Who carries texts, and what that takes. */
export const SmsProviderEnv = z.object({
  SMS_PROVIDER: unlessEmpty(z.enum(['dev', 'twilio', 'vonage', 'http'])),
  TWILIO_API_URL: unlessEmpty(z.url({ protocol: /^https?$/ })),
  TWILIO_ACCOUNT_SID: unlessEmpty(
    z.string().regex(/^AC[0-9a-f]{32}$/, 'must look like AC and 32 hex digits'),
  ),
  TWILIO_AUTH_TOKEN: unlessEmpty(z.string().min(32)),
  TWILIO_FROM: unlessEmpty(senderOf(/^(?:\+[1-9]\d{6,14}|MG[0-9a-f]{32}|[A-Za-z0-9 ]{1,11})$/)),
  VONAGE_API_URL: unlessEmpty(z.url({ protocol: /^https?$/ })),
  VONAGE_API_KEY: unlessEmpty(z.string().regex(/^\w{1,64}$/)),
  VONAGE_API_SECRET: unlessEmpty(z.string().min(8)),
  VONAGE_SIGNATURE_SECRET: unlessEmpty(z.string().min(32)),
  VONAGE_FROM: unlessEmpty(senderOf(/^(?:\+?[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11})$/)),
  SMS_HTTP_URL: unlessEmpty(
    z
      .url({ protocol: /^https?$/ })
      .refine(
        (url) => !/^https?:\/\/[^/]*@/.test(url),
        'must hold no credentials: SMS_HTTP_AUTHORIZATION does',
      ),
  ),
  SMS_HTTP_FORMAT: unlessEmpty(z.enum(['json', 'form'])),
  SMS_HTTP_AUTHORIZATION: unlessEmpty(
    z.string().regex(/^[\x21-\x7E]+ [\x21-\x7E]+$/, 'must look like: Bearer <token>'),
  ),
})

export type SmsSettings =
  | { provider: 'none' }
  | { provider: 'dev' }
  | ({ provider: 'twilio' } & TwilioSettings)
  | ({ provider: 'vonage' } & VonageSettings)
  | ({ provider: 'http' } & GatewaySettings)

const NONE = { provider: 'none' } as const

type Source = z.output<typeof SmsProviderEnv> & { NODE_ENV: string; SMS_COUNTRIES: readonly string[] }

type Fault = { path: string; message: string }

/** Puts the settings together, or says what does not fit. */
export function readSmsSettings(env: Source): Read {
  switch (env.SMS_PROVIDER) {
    case undefined:
      return { settings: NONE, faults: env.SMS_COUNTRIES.length > 0 ? [NOBODY_CARRIES] : [] }
    case 'dev':
      return {
        settings: { provider: 'dev' },
        faults: env.NODE_ENV === 'production' ? [NOT_IN_PRODUCTION] : [],
      }
    case 'twilio':
      return readTwilio(env)
    case 'vonage':
      return readVonage(env)
    case 'http':
      return readGateway(env)
  }
}

const NOBODY_CARRIES = { path: 'SMS_PROVIDER', message: 'must be set where SMS_COUNTRIES is' }
const NOT_IN_PRODUCTION = { path: 'SMS_PROVIDER', message: 'must not be dev in production' }

type Read = { settings: SmsSettings; faults: Fault[] }

function readTwilio(env: Source): Read {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = env
  const TWILIO_API_URL = env.TWILIO_API_URL ?? 'https://api.twilio.com'
  const faults = [
    ...missing(env, ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM']),
    ...inTheClear({ TWILIO_API_URL }),
  ]
  if (!accountSid || !authToken || !from) return { settings: NONE, faults }
  return { settings: { provider: 'twilio', apiUrl: TWILIO_API_URL, accountSid, authToken, from }, faults }
}

function readVonage(env: Source): Read {
  const signatureSecret = env.VONAGE_SIGNATURE_SECRET ?? null
  const { VONAGE_API_KEY: apiKey, VONAGE_API_SECRET: apiSecret, VONAGE_FROM: from } = env
  const VONAGE_API_URL = env.VONAGE_API_URL ?? 'https://api.nexmo.com'
  const faults = [
    ...missing(env, ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM']),
    ...inTheClear({ VONAGE_API_URL }),
  ]
  if (!apiKey || !apiSecret || !from) return { settings: NONE, faults }
  const settings = { apiUrl: VONAGE_API_URL, apiKey, apiSecret, from, signatureSecret }
  return { settings: { provider: 'vonage', ...settings }, faults }
}

function readGateway(env: Source): Read {
  const { SMS_HTTP_URL, SMS_HTTP_FORMAT: format = 'json', SMS_HTTP_AUTHORIZATION: authorization = null } = env
  if (!SMS_HTTP_URL) return { settings: NONE, faults: missing(env, ['SMS_HTTP_URL']) }
  return {
    settings: { provider: 'http', url: SMS_HTTP_URL, format, authorization },
    faults: inTheClear({ SMS_HTTP_URL }),
  }
}

const missing = (env: Source, paths: readonly (keyof Source)[]): Fault[] =>
  paths
    .filter((path) => env[path] === undefined)
    .map((path) => ({ path, message: `must be set where SMS_PROVIDER is ${env.SMS_PROVIDER}` }))

const inTheClear = (urls: Record<string, string>): Fault[] =>
  Object.entries(urls)
    .filter(([, url]) => !isSafe(new URL(url)))
    .map(([path]) => ({ path, message: 'must be https' }))

/** The credentials travel with every request: over TLS, or within this very machine (SECURITY 12.2). */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' ||
  hostname === 'localhost' ||
  (ipaddr.isValid(hostname) && ipaddr.process(hostname).range() === 'loopback')
