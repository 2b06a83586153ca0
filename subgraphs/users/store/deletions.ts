import { and, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ITSELF } from '../../shared/audit/act.js'
import { deletionRequested } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AdministrativeAct } from '../domain/administration-ports.js'
import type { Deleted, Deletion, DeletionMode, DeletionStore } from '../domain/deletion-ports.js'
import { accountColumns } from './account-columns.js'
import { goAlone, isLastAdmin } from './administration.js'
import { deletionReceipts, deletions } from './deletion-tables.js'
import { type Erasing, eraseAccount } from './erase-account.js'
import { lockLinks } from './lock-links.js'
import { recordActs } from './record-act.js'
import { users } from './tables.js'
import { takeBackDeletion } from './take-back-deletion.js'
import { tellAgain } from './tell-of-deletions.js'

type Connection = { tx: Transaction; outbox: Outbox }

export const createDeletionStore = (db: PostgresJsDatabase, outbox: Outbox): DeletionStore => ({
  request: (wanted, by) => db.transaction((tx) => request({ tx, outbox }, wanted, by)),
  cancel: (userId, by) => db.transaction((tx) => cancel({ tx, outbox }, userId, by)),
  deleteNow: (act, how) => db.transaction((tx) => deleteNow({ tx, outbox }, act, { ...how, by: act.by })),
  deleteDue: (sealContact) => db.transaction((tx) => deleteDue({ tx, outbox }, sealContact)),
  findMany: (userIds) => findMany(db, userIds),
  tellAgain: () => tellAgain(db, outbox),
})

const isDue = lte(users.deletionAt, sql`now()`)

/** Locks an account that is there, in the order in which everyone locks: its link before it. */
async function lockAccount(tx: Transaction, userId: string) {
  await lockLinks(tx, sql`select ${users.id.mapToDriverValue(userId)}::uuid`)
  const [account] = await tx
    .select({
      ...accountColumns,
      deletionAt: users.deletionAt,
      isDue: sql<boolean>`coalesce(${isDue}, false)`,
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.anonymizedAt)))
    .for('update')
  return account
}

async function request(
  { tx, outbox }: Connection,
  { userId, reason, graceDays }: Parameters<DeletionStore['request']>[0],
  by: AdministrativeAct['by'],
): ReturnType<DeletionStore['request']> {
  await goAlone(tx)
  const account = await lockAccount(tx, userId)
  if (!account) return { kind: 'refused', reason: 'NOT_FOUND' }
  if (account.deletionAt) return { kind: 'pending' }
  if (await isLastAdmin(tx, account)) return { kind: 'refused', reason: 'LAST_ADMIN' }

  const effectiveAt = sql<Date>`now() + make_interval(days => ${graceDays})`
  const [deletion] = await tx
    .insert(deletions)
    .values({ userId, mode: 'ERASE', reason, effectiveAt })
    .returning({ effectiveAt: deletions.effectiveAt })
  if (!deletion) throw new Error('a deletion was not written')
  await tx
    .update(users)
    .set({ deletionAt: deletion.effectiveAt, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
  await outbox.record(tx, deletionRequested, { userId, effectiveAt: deletion.effectiveAt.toISOString() })
  await recordActs(tx, { action: 'user.request-deletion', outcome: 'SUCCESS', subjectId: userId, by })
  return { kind: 'pending' }
}

async function cancel(
  { tx, outbox }: Connection,
  userId: string,
  by: AdministrativeAct['by'],
): ReturnType<DeletionStore['cancel']> {
  const [pending] = await tx
    .select({ isDue: sql<boolean>`${isDue}` })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.deletionAt)))
    .for('update')
  if (!pending) return { kind: 'cancelled' }
  if (pending.isDue) return { kind: 'refused', reason: 'EXPIRED' }

  await takeBackDeletion({ tx, outbox }, userId, by)
  return { kind: 'cancelled' }
}

async function deleteNow(
  { tx, outbox }: Connection,
  { userId, may, by }: AdministrativeAct,
  how: Erasing,
): ReturnType<DeletionStore['deleteNow']> {
  await goAlone(tx)
  const account = await lockAccount(tx, userId)
  if (!account) return goneBefore(tx, userId, how.mode)

  const allowed = may(account.roles)
  if (!allowed || (await isLastAdmin(tx, account))) {
    const reason = allowed ? 'LAST_ADMIN' : 'FORBIDDEN'
    await recordActs(tx, {
      ...{ action: 'user.delete', outcome: 'FAILURE', subjectId: userId, by },
      detail: { mode: how.mode, refusal: reason },
    })
    return { kind: 'refused', reason }
  }
  return { kind: 'deleted', deleted: await eraseAccount({ tx, outbox }, account, how) }
}

/** Who repeats an act whose answer was lost is to have the rest of it done. */
async function goneBefore(
  tx: Transaction,
  userId: string,
  mode: DeletionMode,
): ReturnType<DeletionStore['deleteNow']> {
  // Of who was anonymised before, the id goes too.
  if (mode === 'ERASE') await tx.delete(users).where(and(eq(users.id, userId), isNotNull(users.anonymizedAt)))
  const [gone] = await tx
    .select({ version: deletions.accessVersion })
    .from(deletions)
    .where(and(eq(deletions.userId, userId), isNotNull(deletions.deletedAt)))
  return gone?.version == null
    ? { kind: 'refused', reason: 'NOT_FOUND' }
    : { kind: 'deleted', deleted: { userId, version: gone.version } }
}

async function deleteDue(
  { tx, outbox }: Connection,
  sealContact: Erasing['sealContact'],
): Promise<Deleted | null> {
  // Not locked yet: the link goes first. Of two who pick the same one, the second finds it gone and comes again.
  const [due] = await tx.select({ id: users.id }).from(users).where(isDue).orderBy(users.deletionAt).limit(1)
  const account = due && (await lockAccount(tx, due.id))
  if (!account?.isDue) return null
  return eraseAccount({ tx, outbox }, account, { mode: 'ERASE', sealContact, by: ITSELF })
}

async function findMany(db: PostgresJsDatabase, userIds: readonly string[]): Promise<Deletion[]> {
  const ids = [...userIds]
  const [rows, receipts] = await Promise.all([
    db.select().from(deletions).where(inArray(deletions.userId, ids)),
    db.select().from(deletionReceipts).where(inArray(deletionReceipts.userId, ids)),
  ])
  return rows.map(({ userId, reason, requestedAt, effectiveAt, deletedAt }) => ({
    ...{ userId, reason, requestedAt, effectiveAt, deletedAt },
    receipts: receipts.filter((receipt) => receipt.userId === userId),
  }))
}
