import { fileURLToPath } from 'node:url'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { connectDatabase } from '../shared/database/connect.js'
import type { SchemaSource } from '../shared/database/prepare.js'
import { queueSettings } from '../shared/env/fragments.js'
import { consumeEvents } from '../shared/events/consumer.js'
import { createOutbox } from '../shared/events/outbox.js'
import { createRelay } from '../shared/events/relay.js'
import { buildSubgraph } from '../shared/graphql/build-subgraph.js'
import { requestContext } from '../shared/graphql/request-context.js'
import { createOnce } from '../shared/idempotency/once.js'
import { coversScopes } from '../shared/identity/scopes.js'
import { ID_PREFIXES, isId } from '../shared/ids/type-id.js'
import type { Logger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import { createQueues } from '../shared/queue/queues.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import { auditDigest, createAuditing } from './auditing.js'
import { createClaimsOfAccounts } from './claims-of-accounts.js'
import type { UsersContext } from './context.js'
import { makeAttributes } from './domain/attributes.js'
import { makeGiveRole } from './domain/give-role.js'
import { makeReadAuditLog } from './domain/read-audit-log.js'
import { makeRoles } from './domain/roles.js'
import { makeVerifyAudit } from './domain/verify-audit.js'
import type { UsersEnv, UsersOperatorEnv } from './env.js'
import { onAddressProved } from './events/on-address-proved.js'
import { onAuditRecorded } from './events/on-audit-recorded.js'
import { onPartErased } from './events/on-part-erased.js'
import { onUnverifiedSignIn } from './events/on-unverified-sign-in.js'
import { PRODUCES } from './events/produces.js'
import { createHousekeeping } from './housekeeping.js'
import { answerUsersCalls } from './internal/calls.js'
import { createLoaders, maskContact } from './loaders.js'
import { makeOperatorInvite } from './operator-invite.js'
import { AdministrationResolver } from './resolvers/administration.js'
import { AttributesResolver } from './resolvers/attributes.js'
import { AuditEventResolver, AuditLogResolver, auditEventByReference } from './resolvers/audit-log.js'
import { ContactChangesResolver, loadContactChange } from './resolvers/contact-changes.js'
import { CreateUserResolver } from './resolvers/create-user.js'
import { DeletionsResolver } from './resolvers/deletions.js'
import { NodeResolver } from './resolvers/node.js'
import { RegisterResolver } from './resolvers/register.js'
import { UpdateProfileResolver } from './resolvers/update-profile.js'
import { loadUser, UserResolver } from './resolvers/user.js'
import { UsernameResolver } from './resolvers/username.js'
import { UsersResolver } from './resolvers/users.js'
import { VerifyEmailResolver } from './resolvers/verify-email.js'
import { VerifyPhoneResolver } from './resolvers/verify-phone.js'
import { SessionNode } from './schema/node.js'
import { createAuditLog } from './store/audit-log.js'
import { createAuditWriter } from './store/audit-writer.js'
import { createStores } from './store/create-stores.js'
import { createOperatorStore } from './store/grant-role.js'
import { keepActs, recordActs } from './store/record-act.js'
import { idempotentRequests, inbox, outbox } from './store/tables.js'
import { makeUseCases } from './use-cases.js'

export const usersSchema = (url: string): SchemaSource => ({
  name: 'users',
  migrations: fileURLToPath(new URL('./migrations', import.meta.url)),
  url,
})

export const buildUsersSchema = () =>
  buildSubgraph<UsersContext>({
    resolvers: [
      UserResolver,
      RegisterResolver,
      VerifyEmailResolver,
      VerifyPhoneResolver,
      UpdateProfileResolver,
      UsernameResolver,
      ContactChangesResolver,
      UsersResolver,
      AdministrationResolver,
      AttributesResolver,
      CreateUserResolver,
      DeletionsResolver,
      AuditLogResolver,
      AuditEventResolver,
      NodeResolver,
    ],
    entities: [SessionNode],
    references: {
      User: ({ id }, context) => loadUser(id, context),
      ContactChange: ({ id }, context) => loadContactChange(id, context),
      AuditEvent: auditEventByReference,
    },
  })

const rolesOf = ({ ROLES_FILE, MFA_REQUIRED_ROLES = [] }: RoleSettings) =>
  makeRoles(ROLES_FILE ?? [], coversScopes, MFA_REQUIRED_ROLES)

/** Whoever gives roles at the command line need not know which of them demand a second factor. */
type RoleSettings = Pick<UsersEnv, 'ROLES_FILE'> & Partial<Pick<UsersEnv, 'MFA_REQUIRED_ROLES'>>

/** What an operator does at the command line, on the database alone. */
export function createUsersOperator(env: UsersOperatorEnv) {
  const database = connectDatabase({ url: env.USERS_DATABASE_URL, name: 'users-operator' })
  // The relay of a running subgraph looks for rows that nobody has told it of.
  const events = createOutbox(outbox, () => {})
  const roles = rolesOf(env)
  const { invitations } = createStores(database.db, events)
  return {
    giveRole: makeGiveRole({ accounts: createOperatorStore(database.db, events), roles }),
    invite: makeOperatorInvite(env, { invitations, roles }),
    verifyAudit: makeVerifyAudit({ chains: createAuditLog(database.db), digest: auditDigest(env) }),
    stop: database.stop,
  }
}

const SUBSCRIPTIONS = [onAuditRecorded(keepActs), onPartErased, onAddressProved]

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
    log,
  })
  const { db } = database
  const queues = createQueues(queueSettings(env), log)
  const relay = createRelay({ db, outbox, produces: PRODUCES, queues, log })
  const stores = createStores(db, createOutbox(outbox, relay.poke))
  const { deletions } = stores
  const digestKey = deriveKey(env.USERS_KEY, 'idempotency')
  const once = createOnce({ db, table: idempotentRequests, digestKey })
  const roles = rolesOf(env)
  const auth = callClient(authCalls, transport)
  const attributes = makeAttributes(env.ATTRIBUTES_FILE ?? [])
  const users = await makeUseCases(env, { ...stores, roles, attributes, transport })
  const audit = makeReadAuditLog({ log: createAuditLog(db), isUserId: (id) => isId(ID_PREFIXES.user, id) })
  const housekeeping = createHousekeeping({ db, log, deletions: { ...deletions, ...users.graph.deletions } })
  const auditing = createAuditing(createAuditWriter(db, auditDigest(env)), log)
  const { schema, typeDefs } = await buildUsersSchema()

  return {
    name: 'users',
    schema,
    typeDefs,
    calls: answerUsersCalls(stores, {
      roles,
      claimsOf: createClaimsOfAccounts(env.CLAIMS_FILE ?? [], stores.attributeValues, roles),
      recordActs: (...acts) => recordActs(db, ...acts),
    }),
    context: (request): UsersContext => ({
      ...requestContext(request),
      ...createLoaders(stores, auth.sessionOwners),
      users: users.graph,
      once,
      maskContact,
      audit,
      showAttributes: attributes.show,
      describeRole: roles.describe,
      roleNames: roles.names,
    }),
    async start() {
      relay.start()
      housekeeping.start()
      auditing.start()
      const subscriptions = [onUnverifiedSignIn(users.sendLink), ...SUBSCRIPTIONS]
      consumeEvents({ name: 'users', db, inbox, queues, subscriptions })
    },
    async stop() {
      await Promise.all([relay.stop(), housekeeping.stop(), auditing.stop()])
      await queues.stop()
      await database.stop()
    },
    readyAt: database.readyAt,
  }
}
