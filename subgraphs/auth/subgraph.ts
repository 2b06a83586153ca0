import { fileURLToPath } from 'node:url'
import { ITSELF } from '../shared/audit/act.js'
import type { CallTransport } from '../shared/calls/transport.js'
import { auditRecorded } from '../shared/contracts/audit.js'
import {
  refreshReuseDetected,
  sessionRevoked,
  sessionStarted,
  unverifiedSignIn,
} from '../shared/contracts/auth.js'
import { partErased } from '../shared/contracts/erasure.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { eraseWhenDeleted } from '../shared/events/erase-when-deleted.js'
import { createOutbox, type Outbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { connectRedis } from '../shared/limiter/connect-redis.js'
import { createWindowLimiter } from '../shared/limiter/window-limiter.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import type { AuthContext } from './context.js'
import { makeRotateKeys } from './domain/rotate-keys.js'
import type { AuthEnv, AuthOperatorEnv } from './env.js'
import { onAccessChanged } from './events/on-access-changed.js'
import { onMfaChanged } from './events/on-mfa-changed.js'
import { onPasswordChanged } from './events/on-password-changed.js'
import { answerAuthCalls } from './internal/calls.js'
import { NETWORK_FAILURES } from './limits.js'
import { ApiClientsResolver, loadApiClient } from './resolvers/api-clients.js'
import { LoginResolver } from './resolvers/login.js'
import { LogoutResolver } from './resolvers/logout.js'
import { RefreshTokenResolver } from './resolvers/refresh-token.js'
import { RevokeSessionsResolver } from './resolvers/revoke-sessions.js'
import { SessionResolver } from './resolvers/session.js'
import { SigningKeysResolver } from './resolvers/signing-keys.js'
import { StepUpResolver } from './resolvers/step-up.js'
import { TrustedDevicesResolver } from './resolvers/trusted-devices.js'
import { loadSession, UserResolver } from './resolvers/user.js'
import { ValidateTokenResolver } from './resolvers/validate-token.js'
import { createLoaders } from './session-loader.js'
import { createSigning, openKeyStore } from './signing.js'
import { changeAccess, changeFactors } from './store/access-versions.js'
import { createStores } from './store/create-stores.js'
import { eraseUser } from './store/erase.js'
import { createFailureStore } from './store/failures.js'
import { forgetLoginTickets } from './store/login-tickets.js'
import { changePassword } from './store/password-changes.js'
import { forgetPasswordChanges } from './store/password-unchanged.js'
import { forgetSpentGrants } from './store/spend-grant.js'
import { inbox, outbox } from './store/tables.js'
import { makeUseCases } from './use-cases.js'
import { watchFailures } from './watched-failures.js'

export const authSchema = (url: string): SchemaSource => ({
  name: 'auth',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildAuthSchema = () =>
  buildSubgraph<AuthContext>({
    resolvers: [
      UserResolver,
      SessionResolver,
      LoginResolver,
      RefreshTokenResolver,
      LogoutResolver,
      RevokeSessionsResolver,
      StepUpResolver,
      ApiClientsResolver,
      ValidateTokenResolver,
      SigningKeysResolver,
      TrustedDevicesResolver,
    ],
    references: {
      User: ({ id }) => ({ id }),
      Session: ({ id }, context) => loadSession(id, context),
      ApiClient: ({ id }, context) => loadApiClient(id, context),
    },
  })

/** What an operator does at the command line, on the database alone. */
export function createAuthOperator(env: AuthOperatorEnv) {
  const database = connectDatabase({ url: env.AUTH_DATABASE_URL, name: 'auth-operator' })
  // The relay of a running subgraph looks for rows that nobody has told it of.
  const { store } = openKeyStore({ db: database.db, outbox: createOutbox(outbox, () => {}) }, env)
  // Processes that run look every few seconds which key signs.
  const rotateKeys = makeRotateKeys({ keys: store, refresh: async () => {} })
  return {
    rotateKeys: (removedKid: string | null) => rotateKeys(removedKid, { ...ITSELF, client: 'operator' }),
    stop: database.stop,
  }
}

const RETENTION_EVERY_MS = 600_000

const PRODUCES = [
  ...[sessionStarted, sessionRevoked, refreshReuseDetected, unverifiedSignIn],
  ...[auditRecorded, partErased],
]

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createAuthSubgraph(env: AuthEnv, { transport, log }: Surroundings): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.AUTH_DATABASE_URL,
    name: 'auth',
    onStatement: () => statements.inc({ part: 'auth' }),
    log,
  })
  const { db } = database
  const redis = connectRedis(env.REDIS_URL, log)
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: PRODUCES, queues, log })
  const events = createOutbox(outbox, relay.poke)
  const stores = createStores(db, events)
  const signing = await createSigning({ db, outbox: events }, env, log)
  const network = createWindowLimiter(NETWORK_FAILURES, redis)
  const failures = watchFailures(createFailureStore(db, events), log)
  const retention = createRetention(db, log)
  const auth = await makeUseCases(env, { ...stores, failures, signing, transport, network })
  const { schema, typeDefs } = await buildAuthSchema()

  return {
    name: 'auth',
    schema,
    typeDefs,
    calls: answerAuthCalls(
      { ...stores, failures, ticketHolder: auth.ticketHolder },
      async () => (await signing.ring.refresh()).jwks,
    ),
    context: (request): AuthContext => ({
      ...requestContext(request),
      auth,
      ...createLoaders(stores),
    }),
    async start() {
      relay.start()
      signing.start()
      retention.start()
      consumeEvents({ name: 'auth', db, inbox, queues, subscriptions: subscriptionsOf(events) })
    },
    async stop() {
      await Promise.all([relay.stop(), signing.stop(), retention.stop()])
      await queues.stop()
      redis?.disconnect()
      await database.stop()
    },
    readyAt: database.readyAt,
  }
}

const createRetention = (db: Database['db'], log: Logger) =>
  createRounds({
    ...{ name: 'retention', everyMs: RETENTION_EVERY_MS, pokeMs: RETENTION_EVERY_MS, log },
    async round() {
      await forgetLoginTickets(db)
      await forgetSpentGrants(db)
      await forgetPasswordChanges(db)
    },
  })

const subscriptionsOf = (events: Outbox) => [
  onAccessChanged((tx, change) => changeAccess({ db: tx, outbox: events }, change)),
  onMfaChanged(changeFactors),
  onPasswordChanged((tx, change) => changePassword({ db: tx, outbox: events }, change, ITSELF)),
  eraseWhenDeleted('auth', (tx, { userId }) => eraseUser(tx, userId), events),
]
