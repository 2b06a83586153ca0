import * as z from 'zod'
import { SUBGRAPH_NAMES } from '../shared/contracts/subgraph-names.js'
import {
  CommonEnv,
  jwk,
  list,
  PeersEnv,
  port,
  productName,
  QueueEnv,
  SmsEnv,
  secretBytes,
} from '../shared/env/fragments.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'

/** Counted one by one, each with its moment: more would make that row long. */
const textsAnHour = z.coerce.number().int().min(1).max(10_000)

const OUR_OWN: readonly string[] = [...SUBGRAPH_NAMES, 'router']

function isAudience(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,62}$/.test(name) && !OUR_OWN.includes(name)
}

export const OtpEnv = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...PeersEnv.shape,
  ...SmsEnv.shape,
  OTP_DATABASE_URL: z.url(),
  OTP_PORT: port.default(4104),
  /** Loopback, or a private interface; never one that clients reach. */
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  /** How many texts go out in an hour, in all and to one country (SECURITY 8.8). */
  SMS_HOURLY_MAX: textsAnHour.default(1000),
  SMS_HOURLY_MAX_PER_COUNTRY: textsAnHour.default(300),
  /** Vouches for this subgraph's calls to others. */
  OTP_PRIVATE_KEY: jwk,
  /** The keys of codes, counters and sealed grant keys are drawn from it. */
  OTP_KEY: secretBytes,
  /** What authenticator apps show beside the code. */
  PRODUCT_NAME: productName,
  /** Who may be given grants besides our own subgraphs: other teams' names, as their grants' `aud`. */
  GRANT_AUDIENCES: list.pipe(
    z.array(z.string().refine(isAudience, 'must be names in lower case, and none of our own')),
  ),
  /** Codes are sealed to this key. */
  NOTIFICATIONS_PUBLIC_KEY: jwk,
})

export type OtpEnv = z.output<typeof OtpEnv>

export const readOtpEnv = (source: EnvSource = process.env): OtpEnv => readEnv(OtpEnv, source)
