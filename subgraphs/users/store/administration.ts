import { and, arrayContains, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditDetail } from '../../shared/audit/act.js'
import { accessChanged } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { Administered, AdministrationStore, AdministrativeAct } from '../domain/administration-ports.js'
import type { Account } from '../domain/ports.js'
import { accountColumns, statusNow } from './account-columns.js'
import { recordActs } from './record-act.js'
import { hasMoreThanBasicRole, invitations, users } from './tables.js'

type Change = {
  action: string
  detail: AuditDetail
  /** What becomes of the row; null where it is so already. */
  set: (
    before: Account,
  ) => Partial<Record<'roles' | 'status' | 'disabledUntil', SQL | string | Date | null>> | null
  /** It may take an administrator away. */
  takesAway: boolean
  endsSessions: boolean
  /** What is told of it. */
  told: { cause: 'ROLES' | 'DISABLED' | 'ENABLED'; until?: string | null }
  /** Only for who has proved an address, or will take over what an administrator made. */
  needsProof?: boolean
}

const ADMIN = 'admin'

export function createAdministrationStore(db: PostgresJsDatabase, outbox: Outbox): AdministrationStore {
  const administer = (act: AdministrativeAct, change: Change) =>
    db.transaction((tx) => makeChange({ tx, outbox }, act, change))

  return {
    assignRole: (act, role) =>
      administer(act, {
        ...{
          action: 'role.assign',
          detail: { role },
          takesAway: false,
          endsSessions: false,
          told: { cause: 'ROLES' },
          needsProof: true,
        },
        set: ({ roles }) =>
          roles.includes(role) ? null : { roles: sql`array_append(${users.roles}, ${role})` },
      }),

    unassignRole: (act, role) =>
      administer(act, {
        ...{ action: 'role.unassign', detail: { role }, takesAway: role === ADMIN, endsSessions: false },
        told: { cause: 'ROLES' },
        set: ({ roles }) =>
          roles.includes(role) ? { roles: sql`array_remove(${users.roles}, ${role})` } : null,
      }),

    disable: (act, { reason, until }) =>
      administer(act, {
        ...{ action: 'user.disable', takesAway: true, endsSessions: true },
        told: { cause: 'DISABLED', until: until?.toISOString() ?? null },
        detail: { reason, ...(until && { until: until.toISOString() }) },
        set: () => ({ status: 'DISABLED', disabledUntil: until }),
      }),

    enable: (act) =>
      administer(act, {
        ...{ action: 'user.enable', detail: {}, takesAway: false, endsSessions: false },
        told: { cause: 'ENABLED' },
        set: ({ status, verifiedAt }) =>
          status === 'DISABLED'
            ? { status: verifiedAt ? 'ACTIVE' : 'PENDING_VERIFICATION', disabledUntil: null }
            : null,
      }),
  }
}

type Connection = { tx: Transaction; outbox: Outbox }

async function makeChange(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  change: Change,
): Promise<Administered> {
  // Whoever may take an administrator away goes alone: two who look at once would each see the other's still there.
  if (change.takesAway) {
    await goAlone(tx)
  }
  const [before] = await tx
    .select(accountColumns)
    .from(users)
    .where(and(eq(users.id, act.userId), isNull(users.anonymizedAt)))
    .for('update')
  if (!before) return { kind: 'refused', reason: 'NOT_FOUND' }
  if (!act.may(before.roles)) return refuse(tx, act, { ...change, reason: 'FORBIDDEN' })
  if (change.needsProof && !before.verifiedAt && !(await isInvited(tx, before.id))) {
    return refuse(tx, act, { ...change, reason: 'NOT_VERIFIED' })
  }
  const set = change.set(before)
  if (!set) return { kind: 'done', account: before }
  if (change.takesAway && (await isLastAdmin(tx, before))) {
    return refuse(tx, act, { ...change, reason: 'LAST_ADMIN' })
  }

  const [account] = await tx
    .update(users)
    .set({ ...(set as object), accessVersion: sql`${users.accessVersion} + 1`, updatedAt: sql`now()` })
    .where(eq(users.id, act.userId))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'NOT_FOUND' }
  await outbox.record(tx, accessChanged, {
    ...{ userId: account.id, version: account.accessVersion, endsSessions: change.endsSessions },
    ...change.told,
  })
  const { action, detail } = change
  await recordActs(tx, { action, outcome: 'SUCCESS', subjectId: account.id, by: act.by, detail })
  return { kind: 'done', account }
}

async function refuse(
  tx: Transaction,
  { userId, by }: AdministrativeAct,
  {
    action,
    detail,
    reason,
  }: Pick<Change, 'action' | 'detail'> & { reason: 'FORBIDDEN' | 'LAST_ADMIN' | 'NOT_VERIFIED' },
): Promise<Administered> {
  const refusal = { ...detail, refusal: reason }
  await recordActs(tx, { action, outcome: 'FAILURE', subjectId: userId, by, detail: refusal })
  return { kind: 'refused', reason }
}

async function isInvited(tx: Transaction, userId: string): Promise<boolean> {
  const [invitation] = await tx
    .select({ userId: invitations.userId })
    .from(invitations)
    .where(eq(invitations.userId, userId))
  return invitation !== undefined
}

/** One at a time, of all who may take an administrator away. */
export const goAlone = (tx: Transaction) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('usergraph.users.admins', 0))`)

/** Whether nobody else could run this installation. Who is disabled, for a time even, could not. */
export async function isLastAdmin(tx: Transaction, { id, roles, status }: Account): Promise<boolean> {
  if (!roles.includes(ADMIN) || status !== 'ACTIVE') return false
  const others = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        hasMoreThanBasicRole,
        arrayContains(users.roles, [ADMIN]),
        ne(users.id, id),
        eq(statusNow, 'ACTIVE'),
      ),
    )
    .limit(1)
  return others.length === 0
}
