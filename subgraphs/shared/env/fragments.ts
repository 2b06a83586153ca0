import type { JSONWebKeySet, JWK } from 'jose'
import * as z from 'zod'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import { normalizeDomain } from '../identifiers/email.js'
import { isCountry } from '../identifiers/phone-number.js'
import type { QueueSettings } from '../queue/queues.js'

const PLACEHOLDER = /change.?me|placeholder|example|secret|password/i

/** 32 bytes or more, base64url. A short one, or one copied from a guide, stops the start (SECURITY 12.1). */
export const secretBytes = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
  .refine((text) => !PLACEHOLDER.test(text), 'must not be a placeholder')
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
  .refine((bytes) => bytes.length >= 32, 'must be at least 32 bytes')

const json = <Value>(check: (value: unknown) => value is Value) =>
  z.string().transform((text, context): Value => {
    const value = parseJson(text)
    if (check(value)) return value
    context.addIssue({ code: 'custom', message: 'must be a JSON Web Key or key set' })
    return z.NEVER
  })

export const jwk = json(
  (value): value is JWK => typeof value === 'object' && value !== null && 'kty' in value,
)
export const jwks = json(
  (value): value is JSONWebKeySet => typeof value === 'object' && value !== null && 'keys' in value,
)

/** What people know this installation by: in mails, and beside the codes of their app. */
export const productName = z
  .string()
  .regex(/^[^\p{Cc}\p{Cf}]{1,64}$/u)
  .default('Usergraph')

export const port = z.coerce.number().int().min(0).max(65_535)

export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )

const urlList = list.pipe(z.array(z.url()))

/** Origins as browsers send them, such as `https://app.acme.test`. */
export const originList = list.pipe(z.array(z.string().refine(isOrigin, 'must be an origin without a path')))

/** Domains of addresses, as A-labels, so that they compare with what is stored. */
export const domainList = list.transform((domains, context) =>
  domains.map((domain) => {
    const normal = normalizeDomain(domain.normalize('NFKC'))
    if (normal === null) context.addIssue({ code: 'custom', message: 'must be a list of domains' })
    return normal ?? ''
  }),
)

export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

/** What every part of the graph is told. */
export const CommonEnv = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Where clients reach the router; links in mails and the tokens' issuer begin with it. */
  PUBLIC_URL: z.url().default('http://localhost:4000'),
  /** Public keys of all that may speak on the inside, each under its name as `kid`. */
  INTERNAL_JWKS: jwks,
})

/** Where other subgraphs are, when each runs in a process of its own. */
export const PeersEnv = z.object({
  USERS_URL: z.url().default('http://127.0.0.1:4101'),
  AUTH_URL: z.url().default('http://127.0.0.1:4102'),
  PASSWORDS_URL: z.url().default('http://127.0.0.1:4103'),
  OTP_URL: z.url().default('http://127.0.0.1:4104'),
  NOTIFICATIONS_URL: z.url().default('http://127.0.0.1:4105'),
})

export const QueueEnv = z.object({
  /** Redis or Valkey, for queues and limits. */
  REDIS_URL: z.url().optional(),
  /** Queues on PostgreSQL, where there is no Redis. */
  QUEUE_DATABASE_URL: z.url().optional(),
})

/** A setting that may be left empty, as a file of settings for many places does. */
export const unlessEmpty = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((text) => (text === '' ? undefined : text), value.optional())

export const SmsEnv = z.object({
  /** Where mobile numbers may be texted, as ISO 3166 codes; none is no SMS at all (SECURITY 8.8). */
  SMS_COUNTRIES: list.pipe(z.array(z.string().refine(isCountry, 'must be country codes such as DE'))),
})

export const LinksEnv = z.object({
  /** Pages that may be named in a request to receive a link, besides our own. */
  LINK_URLS: urlList,
})

export type PeerUrls = Record<SubgraphName, string>

export const peerUrls = (env: z.output<typeof PeersEnv>): PeerUrls => ({
  users: env.USERS_URL,
  auth: env.AUTH_URL,
  passwords: env.PASSWORDS_URL,
  otp: env.OTP_URL,
  notifications: env.NOTIFICATIONS_URL,
})

export function queueSettings(env: z.output<typeof QueueEnv>): QueueSettings {
  if (env.REDIS_URL) return { kind: 'redis', url: env.REDIS_URL }
  if (env.QUEUE_DATABASE_URL) return { kind: 'postgres', url: env.QUEUE_DATABASE_URL }
  throw new Error('REDIS_URL or QUEUE_DATABASE_URL must be set')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not JSON; the caller names the setting
  }
}
