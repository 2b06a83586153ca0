import { fileURLToPath } from 'node:url'
import DataLoader from 'dataloader'
import type { CallTransport } from '../shared/calls/transport.js'
import { auditRecorded } from '../shared/contracts/audit.js'
import { partErased } from '../shared/contracts/erasure.js'
import { addressProved, passwordChanged, passwordResetRequested } from '../shared/contracts/passwords.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { eraseWhenDeleted } from '../shared/events/erase-when-deleted.js'
import { createOutbox, type Outbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createOnce } from '../shared/idempotency/once.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import type { PasswordsContext } from './context.js'
import { isDictionaryPassword } from './domain/common-passwords.js'
import { loadEstimator } from './domain/estimate-strength.js'
import type { PasswordPolicy } from './domain/password-policy.js'
import { type CredentialStore, NO_PASSWORD, type PasswordState } from './domain/ports.js'
import type { PasswordsEnv } from './env.js'
import { onInvitationAccepted } from './events/on-invitation-accepted.js'
import { onMfaChanged } from './events/on-mfa-changed.js'
import { onRegistrationDropped } from './events/on-registration-dropped.js'
import { onUserRegistered } from './events/on-user-registered.js'
import { createHashing } from './hashing/create-hashing.js'
import { createRehasher } from './hashing/rehasher.js'
import { createHousekeeping } from './housekeeping.js'
import { answerPasswordsCalls } from './internal/calls.js'
import { ChangeResolver } from './resolvers/change.js'
import { CheckPasswordResolver } from './resolvers/check-password.js'
import { PasswordPolicyResolver } from './resolvers/password-policy.js'
import { RecoveryResolver } from './resolvers/recovery.js'
import { referToUser, UserResolver } from './resolvers/user.js'
import { adoptCredential } from './store/adopt-credential.js'
import { claimCredential, removeCredential } from './store/claim-credential.js'
import { createStores } from './store/create-stores.js'
import { requireLonger } from './store/replace-credential.js'
import { idempotentRequests, inbox, outbox } from './store/tables.js'
import { makeUseCases } from './use-cases.js'

export const passwordsSchema = (url: string): SchemaSource => ({
  name: 'passwords',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildPasswordsSchema = () =>
  buildSubgraph<PasswordsContext>({
    resolvers: [
      UserResolver,
      PasswordPolicyResolver,
      CheckPasswordResolver,
      RecoveryResolver,
      ChangeResolver,
    ],
    references: { User: ({ id }) => referToUser(id) },
  })

const PRODUCES = [passwordChanged, passwordResetRequested, addressProved, auditRecorded, partErased]

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
    log,
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: PRODUCES, queues, log })
  const events = createOutbox(outbox, relay.poke)
  const { hasher, pool, isReadable } = createHashing(env)
  const stores = createStores(db, events, { historySize: env.PASSWORD_HISTORY, isReadable })
  const { credentials } = stores
  const rehasher = createRehasher({ hasher, credentials, log })
  const { rehashLater } = rehasher
  const { graph, calls } = await makeUseCases(env, {
    stores,
    hasher,
    rehashLater,
    transport,
    poke: relay.poke,
  })
  const once = createOnce({ db, table: idempotentRequests, digestKey: idempotencyKey(env) })
  const housekeeping = createHousekeeping({ ...stores, transport, log })

  return {
    name: 'passwords',
    schema,
    typeDefs,
    calls: answerPasswordsCalls(calls),
    context: (request): PasswordsContext => ({
      ...requestContext(request),
      passwords: graph,
      once,
      passwordStates: new DataLoader((ids) => loadInOrder(credentials, ids)),
    }),
    async start() {
      housekeeping.start()
      relay.start()
      consumeEvents({
        name: 'passwords',
        db,
        inbox,
        queues,
        subscriptions: subscriptionsOf(events, log, graph.policy),
      })
    },
    async stop() {
      await Promise.all([housekeeping.stop(), relay.stop(), rehasher.stop()])
      await queues.stop()
      await pool.stop()
      await database.stop()
    },
    readyAt: database.readyAt,
  }
}

/** Both are read at their first use, which holds the event loop: no request should pay for that. */
const loadDictionaries = () => Promise.all([loadEstimator(), isDictionaryPassword('')])

const needsLonger = ({ minLength, minLengthWithSecondFactor }: PasswordPolicy): boolean =>
  minLengthWithSecondFactor < minLength

const subscriptionsOf = (events: Outbox, log: Logger, policy: PasswordPolicy) => [
  ...onUserRegistered(claimCredential, log),
  onRegistrationDropped(removeCredential),
  onInvitationAccepted(adoptCredential),
  onMfaChanged(needsLonger(policy) ? requireLonger : async () => {}),
  eraseWhenDeleted('passwords', (tx, { userId }) => removeCredential(tx, userId), events),
]

/** With another pepper, requests under way are taken for new ones; nothing that lasts is keyed by it. */
const idempotencyKey = ({ PASSWORD_PEPPERS: { keys, current } }: PasswordsEnv) =>
  deriveKey(keys[current] ?? new Uint8Array(), 'passwords idempotency')

async function loadInOrder(credentials: CredentialStore, ids: readonly string[]): Promise<PasswordState[]> {
  const states = new Map((await credentials.findStates(ids)).map((state) => [state.userId, state]))
  return ids.map((id) => states.get(id) ?? NO_PASSWORD)
}
