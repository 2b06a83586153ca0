import { readFileSync } from 'node:fs'
import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { list, unlessEmpty } from '../../shared/env/fragments.js'
import { jsonFile } from '../../shared/env/json-file.js'
import { isAskedFor, PUBLIC_TYPES } from './catalogue.js'
import { type MayReach, mayReach, readNetwork } from './networks.js'
import type { Endpoint } from './post.js'

const MAX_ENDPOINTS = 20

const url = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .refine((text) => !/^https?:\/\/[^/]*@/.test(text), 'must hold no credentials')
  .refine((text) => !text.includes('#'), 'must have no fragment')
  .refine((text) => text.startsWith('https:') || isLoopback(new URL(text)), 'must be https')

const WebhookEndpoint = z.strictObject({
  /** Its name in metrics, in the log and in the table of deliveries. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens'),
  url,
  /** Names of events, `user.*`, or `*`. */
  events: z
    .array(
      z
        .string()
        .regex(/^(?:[a-z.-]+\.)?(?:[a-z-]+|\*)$/)
        .refine((name) => PUBLIC_TYPES.some((type) => isAskedFor(type, [name])), 'is no event that there is'),
    )
    .min(1)
    .max(50),
  /** The newest first: names of `WEBHOOK_SECRETS`, or files. All of them sign, while one takes the place of another. */
  secrets: z
    .array(z.union([z.string(), z.strictObject({ file: z.string() })]))
    .min(1)
    .max(5),
  timeoutSeconds: z.number().min(1).max(30).default(15),
})

const WebhooksFile = z
  .array(WebhookEndpoint)
  .max(MAX_ENDPOINTS)
  .refine(
    (all) => new Set(all.map(({ id }) => id)).size === all.length,
    'must have an id of its own for each',
  )

const networks = list.transform((texts, context) =>
  texts.flatMap((text) => {
    if (ipaddr.isValidCIDR(text)) return [readNetwork(text)]
    context.addIssue({ code: 'custom', message: 'must be a list of networks such as 10.1.0.0/16' })
    return []
  }),
)

/** `NAME:whsec_…`, a comma between. */
const namedSecrets = list.transform((texts) => new Map(texts.map((text) => split(text))))

export const WebhooksEnv = z.object({
  WEBHOOKS_FILE: unlessEmpty(jsonFile(WebhooksFile)),
  WEBHOOK_SECRETS: namedSecrets,
  /** Where endpoints may be besides on the internet. */
  WEBHOOK_NETWORKS: networks,
})

export type WebhookSettings = {
  endpoints: readonly (Endpoint & { events: readonly string[] })[]
  mayReach: MayReach
}

type Fault = { path: (string | number)[]; message: string }

/** Puts the settings together, or says what does not fit. */
export function readWebhookSettings(env: z.output<typeof WebhooksEnv>): {
  settings: WebhookSettings
  faults: Fault[]
} {
  const reach = mayReach(env.WEBHOOK_NETWORKS)
  const faults: Fault[] = []
  const owners = new Map<string, string>()
  const endpoints = (env.WEBHOOKS_FILE ?? []).map((endpoint, index) => {
    const fail = (place: (string | number)[], message: string) =>
      faults.push({ path: ['WEBHOOKS_FILE', index, ...place], message })
    if (!isWithinReach(endpoint.url, reach)) {
      fail(['url'], 'is at an address that WEBHOOK_NETWORKS does not allow')
    }

    const secrets = endpoint.secrets.flatMap((secret, place) => {
      const text = textOf(secret, env.WEBHOOK_SECRETS)
      const bytes = secretOf(text)
      if (!bytes) fail(['secrets', place], SECRET_SHAPE)
      else if ((owners.get(text) ?? endpoint.id) !== endpoint.id)
        fail(['secrets', place], 'is one of another endpoint')
      owners.set(text, endpoint.id)
      return bytes ? [bytes] : []
    })
    return { ...endpoint, secrets }
  })
  return { settings: { endpoints, mayReach: reach }, faults }
}

const SECRET_SHAPE = 'must name a secret: whsec_ and 32 to 64 random bytes in Base64'

/** Fewer different bytes than this are nobody's random ones (SECURITY 12.1). */
const MIN_DIFFERENT_BYTES = 16

function secretOf(text: string): Uint8Array | null {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]{40,90}={0,2})$/.exec(text) ?? []
  const bytes = new Uint8Array(Buffer.from(encoded ?? '', 'base64'))
  const isLong = bytes.length >= 32 && bytes.length <= 64
  return isLong && new Set(bytes).size >= MIN_DIFFERENT_BYTES ? bytes : null
}

function textOf(secret: string | { file: string }, named: ReadonlyMap<string, string>): string {
  if (typeof secret === 'string') return named.get(secret) ?? ''
  try {
    return readFileSync(secret.file, 'utf8').trim()
  } catch {
    return '' // no such file: no secret
  }
}

function split(text: string): [string, string] {
  const colon = text.indexOf(':')
  return [text.slice(0, colon), text.slice(colon + 1)]
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const isLoopback = (at: URL): boolean =>
  at.hostname === 'localhost' ||
  (ipaddr.isValid(hostOf(at)) && ipaddr.process(hostOf(at)).range() === 'loopback')

/** Of names it is asked again at each connection, of what they stand for then. */
const isWithinReach = (text: string, reach: MayReach): boolean => {
  const host = hostOf(new URL(text))
  return !ipaddr.isValid(host) || reach(host)
}
