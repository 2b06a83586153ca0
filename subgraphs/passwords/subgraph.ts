import { fileURLToPath } from 'node:url'
import DataLoader from 'dataloader'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { partErased } from '../shared/contracts/erasure.js'
import { usersCalls } from '../shared/contracts/users.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { eraseWhenDeleted } from '../shared/events/erase-when-deleted.js'
import { createOutbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import type { Logger } from '../shared/log/logger.js'
import { passwordHashes, statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import type { PasswordsContext } from './context.js'
import { makeCheckForVisitor } from './domain/check-for-visitor.js'
import { isDictionaryPassword } from './domain/common-passwords.js'
import { estimateStrength, loadEstimator } from './domain/estimate-strength.js'
import { makeCheckPassword, type PasswordPolicy, POLICIES } from './domain/password-policy.js'
import { type CredentialStore, NO_PASSWORD, type PasswordState } from './domain/ports.js'
import { makeSetForNewUser } from './domain/set-for-new-user.js'
import { makeSweepUnclaimed } from './domain/sweep-unclaimed.js'
import { makeVerifyPassword } from './domain/verify-password.js'
import type { PasswordsEnv } from './env.js'
import { onInvitationAccepted } from './events/on-invitation-accepted.js'
import { onRegistrationDropped } from './events/on-registration-dropped.js'
import { onUserRegistered } from './events/on-user-registered.js'
import { createHashPool } from './hashing/hash-pool.js'
import { createPasswordHasher } from './hashing/password-hasher.js'
import { createRehasher } from './hashing/rehasher.js'
import { answerPasswordsCalls } from './internal/calls.js'
import { CheckPasswordResolver } from './resolvers/check-password.js'
import { PasswordPolicyResolver } from './resolvers/password-policy.js'
import { referToUser, UserResolver } from './resolvers/user.js'
import { adoptCredential } from './store/adopt-credential.js'
import { claimCredential, removeCredential } from './store/claim-credential.js'
import { createCredentialStore } from './store/credentials.js'
import { inbox, outbox } from './store/tables.js'

const SWEEP_EVERY_MS = 20_000
const PRODUCT_WORDS = ['Usergraph']

export const passwordsSchema = (url: string): SchemaSource => ({
  name: 'passwords',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildPasswordsSchema = () =>
  buildSubgraph<PasswordsContext>({
    resolvers: [UserResolver, PasswordPolicyResolver, CheckPasswordResolver],
    references: { User: ({ id }) => referToUser(id) },
  })

type Surroundings = { transport: CallTransport; log: Logger }

/** Wires the subgraph. The one place that knows every part. */
export async function createPasswordsSubgraph(
  env: PasswordsEnv,
  { transport, log }: Surroundings,
): Promise<Subgraph> {
  const { schema, typeDefs } = await buildPasswordsSchema()
  await loadDictionaries()
  const database = connectDatabase({
    url: env.PASSWORDS_DATABASE_URL,
    name: 'passwords',
    onStatement: () => statements.inc({ part: 'passwords' }),
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: [partErased], queues, log })
  const events = createOutbox(outbox, relay.poke)
  const credentials = createCredentialStore(db)
  const { hasher, pool } = createHashing(env)
  const rehasher = createRehasher({ hasher, credentials, log })
  const policy = POLICIES[env.PASSWORD_PROFILE]
  const check = createCheck(policy)
  const passwords = { policy, checkForVisitor: makeCheckForVisitor(check) }
  const adopt = (adoption: Adoption) => db.transaction((tx) => adoptCredential(tx, adoption))
  const sweeping = createSweeping({ credentials, adopt }, { transport, log })

  return {
    name: 'passwords',
    schema,
    typeDefs,
    calls: answerPasswordsCalls({
      setForNewUser: makeSetForNewUser({ check, hasher, credentials }),
      verifyPassword: makeVerifyPassword({ credentials, hasher, rehashLater: rehasher.rehashLater }),
      adopt,
    }),
    context: (request): PasswordsContext => ({
      ...requestContext(request),
      passwords,
      passwordStates: new DataLoader((ids) => loadInOrder(credentials, ids)),
    }),
    async start() {
      sweeping.start()
      relay.start()
      const subscriptions = [
        ...onUserRegistered(claimCredential, log),
        onRegistrationDropped(removeCredential),
        onInvitationAccepted(adoptCredential),
        eraseWhenDeleted('passwords', (tx, { userId }) => removeCredential(tx, userId), events),
      ]
      consumeEvents({ name: 'passwords', db, inbox, queues, subscriptions })
    },
    async stop() {
      await Promise.all([sweeping.stop(), relay.stop(), rehasher.stop()])
      await queues.stop()
      await pool.stop()
      await database.stop()
    },
    isReady: database.isReady,
  }
}

/** Both are read at their first use, which holds the event loop: no request should pay for that. */
const loadDictionaries = () => Promise.all([loadEstimator(), isDictionaryPassword('')])

const createCheck = (policy: PasswordPolicy) =>
  makeCheckPassword({
    policy,
    estimate: estimateStrength,
    isCommon: isDictionaryPassword,
    productWords: PRODUCT_WORDS,
  })

function createHashing(env: PasswordsEnv) {
  const pool = createHashPool({ size: env.HASH_PROCESSES, onHash: () => passwordHashes.inc() })
  const hasher = createPasswordHasher({
    pool,
    peppers: env.PASSWORD_PEPPERS.keys,
    currentPepper: env.PASSWORD_PEPPER_CURRENT ?? env.PASSWORD_PEPPERS.current,
    params: { memoryKib: env.ARGON2_MEMORY_KIB, iterations: env.ARGON2_ITERATIONS, parallelism: 1 },
  })
  return { hasher, pool }
}

type Adoption = Parameters<typeof adoptCredential>[1]
type Swept = { credentials: CredentialStore; adopt: (adoption: Adoption) => Promise<boolean> }

function createSweeping({ credentials, adopt }: Swept, { transport, log }: Surroundings) {
  const users = callClient(usersCalls, transport)
  const sweepUnclaimed = makeSweepUnclaimed({
    credentials,
    adopt,
    findAcceptances: (credentialIds) => users.findAcceptances({ credentialIds }),
    findExisting: async (ids) => (await users.getMany({ ids })).map(({ id }) => id),
  })
  return createRounds({
    name: 'unclaimed-credentials',
    everyMs: SWEEP_EVERY_MS,
    pokeMs: SWEEP_EVERY_MS,
    round: sweepUnclaimed,
    log,
  })
}

async function loadInOrder(credentials: CredentialStore, ids: readonly string[]): Promise<PasswordState[]> {
  const states = new Map((await credentials.findStates(ids)).map((state) => [state.userId, state]))
  return ids.map((id) => states.get(id) ?? NO_PASSWORD)
}
