import * as z from 'zod'
import { CommonEnv, jwk, LinksEnv, PeersEnv, port, QueueEnv, secretBytes } from '../shared/env/fragments.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'

export const UsersEnv = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...LinksEnv.shape,
  ...PeersEnv.shape,
  USERS_DATABASE_URL: z.url(),
  USERS_PORT: port.default(4101),
  /** Loopback, or a private interface; never one that clients reach. */
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  /** Vouches for this subgraph's calls to others. */
  USERS_PRIVATE_KEY: jwk,
  /** Digests what must be recognised and not read again; keys the chain of the audit log. 32 bytes, base64url. */
  USERS_KEY: secretBytes,
  /** Secrets for a mailbox are sealed to this key. */
  NOTIFICATIONS_PUBLIC_KEY: jwk,
})

export type UsersEnv = z.output<typeof UsersEnv>

export const readUsersEnv = (source: EnvSource = process.env): UsersEnv => readEnv(UsersEnv, source)

/** What an operator's commands need of it. */
export const readUsersOperatorEnv = (source: EnvSource) =>
  readEnv(UsersEnv.pick({ USERS_DATABASE_URL: true, USERS_KEY: true }), source)
