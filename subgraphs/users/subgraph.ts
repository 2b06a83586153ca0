import { fileURLToPath } from 'node:url'
import DataLoader from 'dataloader'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import {
  accessChanged,
  takenAddressRegistered,
  userRegistered,
  verificationRequested,
} from '../shared/contracts/users.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { createOutbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createOnce, forgetOldRequests } from '../shared/idempotency/once.js'
import { normalizeUsername } from '../shared/identifiers/username.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { looksLikeToken, newToken, tokenDigest } from '../shared/secrets/token.js'
import type { UsersContext } from './context.js'
import { makeChangeUsername } from './domain/change-username.js'
import { makeGiveRole } from './domain/give-role.js'
import { newLink } from './domain/links.js'
import type { Account, AccountStore } from './domain/ports.js'
import { makeRegister } from './domain/register.js'
import { makeResendEmailVerification } from './domain/resend-email-verification.js'
import { ROLES } from './domain/roles.js'
import { makeUpdateProfile } from './domain/update-profile.js'
import { makeVerifyEmail } from './domain/verify-email.js'
import type { UsersEnv } from './env.js'
import { onUnverifiedSignIn } from './events/on-unverified-sign-in.js'
import { answerUsersCalls } from './internal/calls.js'
import { RegisterResolver } from './resolvers/register.js'
import { UpdateProfileResolver } from './resolvers/update-profile.js'
import { loadUser, UserResolver } from './resolvers/user.js'
import { UsernameResolver } from './resolvers/username.js'
import { VerifyEmailResolver } from './resolvers/verify-email.js'
import { createAccountStore } from './store/accounts.js'
import { createOperatorStore } from './store/grant-role.js'
import { idempotentRequests, inbox, outbox } from './store/tables.js'

const RETENTION_EVERY_MS = 600_000

export const usersSchema = (url: string): SchemaSource => ({
  name: 'users',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildUsersSchema = () =>
  buildSubgraph<UsersContext>({
    resolvers: [UserResolver, RegisterResolver, VerifyEmailResolver, UpdateProfileResolver, UsernameResolver],
    references: { User: ({ id }, context) => loadUser(id, context) },
  })

/** What an operator does at the command line, on the database alone. */
export function createUsersOperator(url: string) {
  const database = connectDatabase({ url, name: 'users-operator' })
  // The relay of a running subgraph looks for rows that nobody has told it of.
  const events = createOutbox(outbox, () => {})
  return {
    giveRole: makeGiveRole({ accounts: createOperatorStore(database.db, events) }),
    stop: database.stop,
  }
}

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createUsersSubgraph(
  env: UsersEnv,
  { transport, log }: Surroundings,
): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.USERS_DATABASE_URL,
    name: 'users',
    onStatement: () => statements.inc({ part: 'users' }),
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const produces = [userRegistered, takenAddressRegistered, verificationRequested, accessChanged]
  const relay = createRelay({ db, outbox, produces, queues, log })
  const accounts = createAccountStore(db, createOutbox(outbox, relay.poke))
  const requests = { db, table: idempotentRequests }
  const once = createOnce({ ...requests, digestKey: deriveKey(env.USERS_KEY, 'idempotency') })
  const retention = createRounds({
    name: 'retention',
    everyMs: RETENTION_EVERY_MS,
    pokeMs: RETENTION_EVERY_MS,
    round: () => forgetOldRequests(requests),
    log,
  })
  const users = await makeUseCases(env, accounts, transport)
  const { schema, typeDefs } = await buildUsersSchema()

  return {
    name: 'users',
    schema,
    typeDefs,
    calls: answerUsersCalls(accounts),
    context: (request): UsersContext => ({
      ...requestContext(request),
      users: users.graph,
      once,
      accounts: new DataLoader((ids) => loadInOrder(accounts, ids)),
      describeRole,
      roleNames: Object.keys(ROLES),
    }),
    async start() {
      relay.start()
      retention.start()
      consumeEvents({ name: 'users', db, inbox, queues, subscriptions: [onUnverifiedSignIn(users.sendLink)] })
    },
    async stop() {
      await Promise.all([relay.stop(), retention.stop()])
      await queues.stop()
      await database.stop()
    },
    isReady: database.isReady,
  }
}

async function makeUseCases(env: UsersEnv, accounts: AccountStore, transport: CallTransport) {
  const passwords = callClient(passwordsCalls, transport)
  const ourPage = new URL('/account/verify', env.PUBLIC_URL).href
  const link = { newToken, digestOf: tokenDigest, seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY) }
  const newUserId = () => newId(ID_PREFIXES.user)
  const now = () => new Date()
  const readGrant = createGrantReader({
    audience: 'users',
    purpose: 'EMAIL_VERIFICATION',
    keys: () => callClient(otpCalls, transport).grantKeys({}),
  })

  const graph = {
    register: makeRegister({
      ...link,
      accounts,
      setPassword: passwords.setForNewUser,
      newId: newUserId,
      now,
      verificationUrls: [ourPage, ...env.LINK_URLS],
    }),
    verifyEmail: makeVerifyEmail({ accounts, looksLikeToken, digestOf: tokenDigest, readGrant }),
    resendEmailVerification: makeResendEmailVerification({
      ...link,
      accounts,
      newId: newUserId,
      verificationUrl: ourPage,
    }),
    updateProfile: makeUpdateProfile({ accounts, now }),
    changeUsername: makeChangeUsername({ accounts }),
    isUsernameAllowed: (username: string) => normalizeUsername(username) !== null,
  }
  const sendLink = async (userId: string) => accounts.renewLink(userId, await newLink(link, ourPage))
  return { graph, sendLink }
}

const describeRole = (name: string) => ({
  name,
  description: ROLES[name]?.description ?? null,
  permissions: ROLES[name]?.permissions ?? [],
})

async function loadInOrder(accounts: AccountStore, ids: readonly string[]): Promise<(Account | null)[]> {
  const rows = new Map((await accounts.findMany(ids)).map((account) => [account.id, account]))
  return ids.map((id) => rows.get(id) ?? null)
}
