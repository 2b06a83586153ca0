import * as z from 'zod'
import { AppsEnv } from '../shared/env/apps.js'
import {
  CommonEnv,
  jwk,
  LinksEnv,
  PeersEnv,
  port,
  QueueEnv,
  SmsEnv,
  secretBytes,
  unlessEmpty,
} from '../shared/env/fragments.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'
import { POLICIES } from './domain/password-policy.js'
import { MINIMUM_PARAMS, placesForHashes } from './hashing/hash-params.js'
import { MAX_HISTORY } from './limits.js'

const VERSIONED_KEY = /^([1-9]\d{0,5}):(.*)$/s

/** `1:KEY,2:KEY`. New hashes are made with the highest version; the others are kept for as long as a hash needs them. */
const peppers = z.string().transform((text, context) => {
  const keys: Record<number, Uint8Array> = {}
  const fail = (message: string) => context.addIssue({ code: 'custom', message })

  for (const entry of text.split(',')) {
    const [, version, secret] = VERSIONED_KEY.exec(entry.trim()) ?? []
    const key = secretBytes.safeParse(secret ?? '')
    if (version === undefined) fail('must be a list of VERSION:KEY')
    else if (!key.success) fail(`version ${version} ${key.error.issues[0]?.message}`)
    else if (Object.hasOwn(keys, version)) fail(`version ${version} is there twice`)
    else keys[Number(version)] = key.data
  }
  return { keys, current: Math.max(0, ...Object.keys(keys).map(Number)) }
})

// Of an object Object.keys forgets the names; POLICIES has these and no other.
const profiles = Object.keys(POLICIES) as (keyof typeof POLICIES)[]

export const PasswordsEnv = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...PeersEnv.shape,
  ...LinksEnv.shape,
  ...AppsEnv.shape,
  ...SmsEnv.shape,
  PASSWORDS_DATABASE_URL: z.url(),
  PASSWORDS_PORT: port.default(4103),
  /** Loopback, or a private interface; never one that clients reach. */
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  /** Vouches for this subgraph's calls to others. */
  PASSWORDS_PRIVATE_KEY: jwk,
  /** The tokens of mailed links are sealed to this key. */
  NOTIFICATIONS_PUBLIC_KEY: jwk,
  /** How many former passwords may not come back, besides the one in force; 0 lets any come back. */
  PASSWORD_HISTORY: z.coerce.number().int().min(0).max(MAX_HISTORY).default(5),
  /** Mixed into every hash, so that a stolen database alone is worth nothing (SECURITY 6.3). */
  PASSWORD_PEPPERS: peppers,
  /** The version that makes new hashes while another comes or goes; the highest unless it is set. */
  PASSWORD_PEPPER_CURRENT: unlessEmpty(z.coerce.number().int().min(1)),
  /** How long a password has to be (SECURITY 6.1). */
  PASSWORD_PROFILE: z.enum(profiles).default('asvs-l2'),
  /** Hashes computed at once; more than there are cores only makes each slower. */
  HASH_PROCESSES: z.coerce.number().int().min(1).default(placesForHashes),
  ARGON2_MEMORY_KIB: z.coerce.number().int().min(MINIMUM_PARAMS.memoryKib).default(MINIMUM_PARAMS.memoryKib),
  ARGON2_ITERATIONS: z.coerce
    .number()
    .int()
    .min(MINIMUM_PARAMS.iterations)
    .default(MINIMUM_PARAMS.iterations),
})

export type PasswordsEnv = z.output<typeof PasswordsEnv>

export const readPasswordsEnv = (source: EnvSource = process.env): PasswordsEnv =>
  readEnv(PasswordsEnv, source)
