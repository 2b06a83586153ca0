import * as z from 'zod'
import {
  CommonEnv,
  jwk,
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
  /** Codes are sealed to this key. */
  NOTIFICATIONS_PUBLIC_KEY: jwk,
})

export type OtpEnv = z.output<typeof OtpEnv>

export const readOtpEnv = (source: EnvSource = process.env): OtpEnv => readEnv(OtpEnv, source)
