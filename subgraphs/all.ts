import { readAuthEnv } from './auth/env.js'
import { authSchema, buildAuthSchema, createAuthSubgraph } from './auth/subgraph.js'
import { readNotificationsEnv } from './notifications/env.js'
import {
  buildNotificationsSchema,
  createNotificationsSubgraph,
  notificationsSchema,
} from './notifications/subgraph.js'
import { readOtpEnv } from './otp/env.js'
import { buildOtpSchema, createOtpSubgraph, otpSchema } from './otp/subgraph.js'
import { readPasswordsEnv } from './passwords/env.js'
import { buildPasswordsSchema, createPasswordsSubgraph, passwordsSchema } from './passwords/subgraph.js'
import { createInProcessCalls } from './shared/calls/in-process.js'
import type { CallTransports } from './shared/calls/transport.js'
import type { SubgraphName } from './shared/contracts/subgraph-names.js'
import type { SchemaSource } from './shared/database/prepare.js'
import { type EnvSource, SettingsError } from './shared/env/read-env.js'
import type { Logger } from './shared/log/logger.js'
import type { Subgraph } from './shared/runtime/subgraph.js'
import { readUsersEnv } from './users/env.js'
import { buildUsersSchema, createUsersSubgraph, usersSchema } from './users/subgraph.js'

/** Tables of each subgraph, by where it connects. */
export const SCHEMAS: Record<SubgraphName, (url: string) => SchemaSource> = {
  users: usersSchema,
  auth: authSchema,
  passwords: passwordsSchema,
  otp: otpSchema,
  notifications: notificationsSchema,
}

/** What each subgraph says to federation; composing needs nothing else of it. */
export const SCHEMA_BUILDERS: Record<SubgraphName, () => Promise<{ typeDefs: string }>> = {
  users: buildUsersSchema,
  auth: buildAuthSchema,
  passwords: buildPasswordsSchema,
  otp: buildOtpSchema,
  notifications: buildNotificationsSchema,
}

export type AllSubgraphs = {
  subgraphs: Subgraph[]
  /** Internal calls, open to the router too. */
  transports: CallTransports
  start(): Promise<void>
  stop(): Promise<void>
}

/** Every subgraph, in one process. Wrong settings of all of them are told at once. */
export async function createAll(source: EnvSource, log: Logger): Promise<AllSubgraphs> {
  const env = readTogether({
    users: () => readUsersEnv(source),
    auth: () => readAuthEnv(source),
    passwords: () => readPasswordsEnv(source),
    otp: () => readOtpEnv(source),
    notifications: () => readNotificationsEnv(source),
  })
  const calls = createInProcessCalls()
  const around = (name: SubgraphName) => ({
    transport: calls.transports(name),
    log: log.child({ part: name }),
  })

  const subgraphs = await Promise.all([
    createUsersSubgraph(env.users, around('users')),
    createAuthSubgraph(env.auth, around('auth')),
    createPasswordsSubgraph(env.passwords, around('passwords')),
    createOtpSubgraph(env.otp, around('otp')),
    createNotificationsSubgraph(env.notifications, around('notifications')),
  ])
  for (const subgraph of subgraphs) calls.register(subgraph.calls)

  return {
    subgraphs,
    transports: calls.transports,
    start: async () => {
      await Promise.all(subgraphs.map((subgraph) => subgraph.start()))
    },
    // Whoever is asked by others stops after them, so that what is under way ends well.
    stop: async () => {
      for (const subgraph of subgraphs.toReversed()) await subgraph.stop()
    },
  }
}

function readTogether<Readers extends Record<string, () => unknown>>(
  readers: Readers,
): { [Name in keyof Readers]: ReturnType<Readers[Name]> } {
  const faults: string[] = []
  const read = Object.entries(readers).map(([name, reader]) => {
    try {
      return [name, reader()]
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      faults.push(...error.faults)
      return [name, null]
    }
  })
  if (faults.length > 0) throw new SettingsError([...new Set(faults)])
  return Object.fromEntries(read) as { [Name in keyof Readers]: ReturnType<Readers[Name]> } // one entry for each reader
}
