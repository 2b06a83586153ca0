import { fileURLToPath } from 'node:url'
import DataLoader from 'dataloader'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { refreshReuseDetected, sessionStarted, unverifiedSignIn } from '../shared/contracts/auth.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { usersCalls } from '../shared/contracts/users.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { createOutbox, type Outbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createNewViewerSigner } from '../shared/identity/new-viewer.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { connectRedis } from '../shared/limiter/connect-redis.js'
import { networkKey } from '../shared/limiter/network-key.js'
import { createWindowLimiter } from '../shared/limiter/window-limiter.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import { newToken, tokenDigest } from '../shared/secrets/token.js'
import type { AuthContext } from './context.js'
import { makeApiClients } from './domain/api-clients.js'
import { describeDevice } from './domain/device.js'
import { makeLogin } from './domain/login.js'
import { makeLogout } from './domain/logout.js'
import type { ApiClientStore, SessionStore } from './domain/ports.js'
import { makeRefresh } from './domain/refresh.js'
import { createRefreshTokens } from './domain/refresh-token.js'
import { makeRevokeSessions } from './domain/revoke-sessions.js'
import { makeStepUp } from './domain/step-up.js'
import { stepUpFactors } from './domain/step-up-factors.js'
import type { AuthEnv } from './env.js'
import { answerAuthCalls } from './internal/calls.js'
import { NETWORK_FAILURES } from './limits.js'
import { newClientSecret, newSession, sessionIdOf } from './new-ids.js'
import { ApiClientsResolver, loadApiClient } from './resolvers/api-clients.js'
import { LoginResolver } from './resolvers/login.js'
import { LogoutResolver } from './resolvers/logout.js'
import { RefreshTokenResolver } from './resolvers/refresh-token.js'
import { RevokeSessionsResolver } from './resolvers/revoke-sessions.js'
import { StepUpResolver } from './resolvers/step-up.js'
import { loadSession, UserResolver } from './resolvers/user.js'
import { ValidateTokenResolver } from './resolvers/validate-token.js'
import { createApiClientStore } from './store/api-clients.js'
import { createFailureStore } from './store/failures.js'
import { createSessionStore } from './store/sessions.js'
import { loadSigningKeys } from './store/signing-keys.js'
import { outbox } from './store/tables.js'
import { createAccessTokenSigner, viewerOf } from './tokens/access-tokens.js'
import { createClientTokenSigner } from './tokens/client-tokens.js'
import { makeSigningKey, openSigningKeys, type SigningKeys } from './tokens/signing-keys.js'
import { createStepUpTickets } from './tokens/step-up-tickets.js'
import { readUserAgent } from './tokens/user-agent.js'
import { createTokenReader } from './tokens/validate-token.js'
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
      LoginResolver,
      RefreshTokenResolver,
      LogoutResolver,
      RevokeSessionsResolver,
      StepUpResolver,
      ApiClientsResolver,
      ValidateTokenResolver,
    ],
    references: {
      User: ({ id }) => ({ id }),
      Session: ({ id }, context) => loadSession(id, context),
      ApiClient: ({ id }, context) => loadApiClient(id, context),
    },
  })

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createAuthSubgraph(env: AuthEnv, { transport, log }: Surroundings): Promise<Subgraph> {
  const database = connectDatabase({
    url: env.AUTH_DATABASE_URL,
    name: 'auth',
    onStatement: () => statements.inc({ part: 'auth' }),
  })
  const { db } = database
  const redis = connectRedis(env.REDIS_URL, log)
  const queues = createQueues(queueSettings(env), log)
  const produces = [sessionStarted, refreshReuseDetected, unverifiedSignIn]
  const relay = createRelay({ db, outbox, produces, queues, log })
  const events = createOutbox(outbox, relay.poke)
  const sessions = createSessionStore(db, events)
  const clients = createApiClientStore(db)
  const sealingKey = deriveKey(env.AUTH_KEY, 'auth signing keys')
  const keys = await openSigningKeys(await loadSigningKeys(db, () => makeSigningKey(sealingKey)), sealingKey)
  const network = createWindowLimiter(NETWORK_FAILURES, redis)
  const auth = await makeUseCases(env, { db, sessions, clients, events, keys, transport, network, log })
  const { schema, typeDefs } = await buildAuthSchema()

  return {
    name: 'auth',
    schema,
    typeDefs,
    calls: answerAuthCalls(sessions, clients, keys.jwks),
    context: (request): AuthContext => ({
      ...requestContext(request),
      auth,
      lastSignIns: new DataLoader(async (ids) => {
        const found = await sessions.lastSignIns(ids)
        return ids.map((id) => found.get(id) ?? null)
      }),
    }),
    start: async () => relay.start(),
    async stop() {
      await relay.stop()
      await queues.stop()
      redis?.disconnect()
      await database.stop()
    },
    isReady: database.isReady,
  }
}

type Parts = {
  db: PostgresJsDatabase
  sessions: SessionStore
  clients: ApiClientStore
  events: Outbox
  keys: SigningKeys
  transport: CallTransport
  network: ReturnType<typeof createWindowLimiter>
  log: Logger
}

async function makeUseCases(
  env: AuthEnv,
  { db, sessions, clients, events, keys, transport, network, log }: Parts,
): Promise<AuthContext['auth']> {
  const users = callClient(usersCalls, transport)
  const passwords = callClient(passwordsCalls, transport)
  const refreshTokens = createRefreshTokens(deriveKey(env.AUTH_KEY, 'auth refresh tokens'))
  const strangerKey = deriveKey(env.AUTH_KEY, 'auth strangers')
  const sign = createAccessTokenSigner(keys, env.PUBLIC_URL)
  const failures = watchFailures(createFailureStore(db, events), log)
  const byNetwork = {
    take: (ip: string) => network.take(networkKey(ip)),
    giveBack: (ip: string) => network.giveBack(networkKey(ip)),
  }
  const getAccount = async (id: string) => (await users.getMany({ ids: [id] }))[0] ?? null

  return {
    login: makeLogin({
      sessions,
      failures,
      network: byNetwork,
      findAccount: users.findByIdentifier,
      verifyPassword: passwords.verify,
      strangerOf: ({ kind, value }) => keyedDigest(strangerKey, `${kind}:${value}`).toString('base64url'),
      newSession,
      newDeviceToken: newToken,
      digestOf: tokenDigest,
      refreshTokens,
      sign,
    }),
    refresh: makeRefresh({ sessions, refreshTokens, sessionIdOf, getAccount, sign }),
    logout: makeLogout({ sessions, refreshTokens, sessionIdOf }),
    clients,
    apiClients: makeApiClients({
      ...{ clients, network: byNetwork, newSecret: newClientSecret, digestOf: tokenDigest },
      newClientId: () => newId(ID_PREFIXES.apiClient),
      sign: createClientTokenSigner(keys, env.PUBLIC_URL),
    }),
    stepUp: makeStepUp({
      ...{ sessions, failures, network: byNetwork, getAccount, verifyPassword: passwords.verify },
      ...{ newSession, refreshTokens, sign },
      tickets: createStepUpTickets(deriveKey(env.AUTH_KEY, 'auth step-up tickets')),
    }),
    revokeSessions: makeRevokeSessions({ sessions, getAccount }),
    readToken: createTokenReader(keys.jwks, env.PUBLIC_URL),
    sessions,
    mayDeliverInBody: (origin) => origin === null || env.BODY_DELIVERY_ORIGINS.includes(origin),
    describeDevice: (name, userAgent) => describeDevice(name, readUserAgent(userAgent)),
    viewerOf: (session, scopes) => viewerOf(session, scopes, stepUpFactors()),
    signNewViewer: await createNewViewerSigner('auth', env.AUTH_PRIVATE_KEY),
  }
}
