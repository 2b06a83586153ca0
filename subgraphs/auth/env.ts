import * as z from 'zod'
import { AppsEnv } from '../shared/env/apps.js'
import {
  CommonEnv,
  jwk,
  originList,
  PeersEnv,
  port,
  QueueEnv,
  SmsEnv,
  secretBytes,
} from '../shared/env/fragments.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'

export const AuthEnv = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...PeersEnv.shape,
  ...SmsEnv.shape,
  AUTH_DATABASE_URL: z.url(),
  AUTH_PORT: port.default(4102),
  /** Loopback, or a private interface; never one that clients reach. */
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  /** Vouches for this subgraph's calls to others, and for who has just signed in. */
  AUTH_PRIVATE_KEY: jwk,
  /** Seals signing keys in the database; tags refresh tokens. 32 bytes, base64url. */
  AUTH_KEY: secretBytes,
  /** What access tokens are signed with; another one takes over as a key of its own, with overlap. */
  ACCESS_TOKEN_ALGORITHM: z.enum(['EdDSA', 'ES256']).default('EdDSA'),
  /** How long a key signs before the next one does. */
  SIGNING_KEY_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  /** Browser origins that may be handed a refresh token in the body; native clients send no origin. */
  BODY_DELIVERY_ORIGINS: originList,
  ...AppsEnv.shape,
})

export type AuthEnv = z.output<typeof AuthEnv>

/** What an operator's command needs of it. */
const AuthOperatorEnv = AuthEnv.pick({
  AUTH_DATABASE_URL: true,
  AUTH_KEY: true,
  ACCESS_TOKEN_ALGORITHM: true,
  SIGNING_KEY_DAYS: true,
})

export type AuthOperatorEnv = z.output<typeof AuthOperatorEnv>

export const readAuthOperatorEnv = (source: EnvSource): AuthOperatorEnv => readEnv(AuthOperatorEnv, source)

export const readAuthEnv = (source: EnvSource = process.env): AuthEnv => readEnv(AuthEnv, source)
