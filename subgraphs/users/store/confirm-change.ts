import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { emailChanged } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ContactChange, ContactChangeDone, UndoLink } from '../domain/ports.js'
import { UNDO_LINK_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { changeColumns } from './contact-change-columns.js'
import { dropPending } from './drop-pending.js'
import { isKept } from './kept-addresses.js'
import { lockLinks } from './lock-links.js'
import { recordActs } from './record-act.js'
import { contactChanges, emailLinks, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * Spends the proof of a new address and puts it in force. Whoever wants one address, by registering or by changing to
 * it, goes through one at a time, as in `register`.
 */
export async function confirmChange(
  { tx, outbox, by }: Connection,
  digest: Uint8Array,
  undo: UndoLink,
): Promise<ContactChangeDone> {
  const [known] = await tx
    .select({ newValue: contactChanges.newValue })
    .from(contactChanges)
    .where(eq(contactChanges.confirmDigest, digest))
  if (!known) return { kind: 'refused', reason: 'EXPIRED' }
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${known.newValue}, 0))`)

  await lockLinks(
    tx,
    sql`select user_id from ${contactChanges} where confirm_digest = ${contactChanges.confirmDigest.mapToDriverValue(digest)}::bytea
      union select id from ${users} where email = ${known.newValue}`,
  )
  const pending = await lockPending(tx, digest)
  if ('refused' in pending) return { kind: 'refused', reason: pending.refused }
  const { userId, newValue, oldValue } = pending
  if (!(await makeFree(tx, outbox, newValue, userId))) {
    await tx.update(contactChanges).set({ state: 'REPLACED' }).where(eq(contactChanges.id, pending.id))
    return { kind: 'refused', reason: 'TAKEN' }
  }

  const [account] = await tx
    .update(users)
    .set({ email: newValue, emailVerifiedAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'EXPIRED' }
  await tx.delete(emailLinks).where(eq(emailLinks.userId, userId))
  const change = await markConfirmed(tx, pending.id, oldValue === null ? null : undo)
  if (oldValue !== null) {
    await outbox.record(tx, emailChanged, {
      ...{ userId, changeId: change.id, sealedUndoToken: undo.sealedToken, undoUrl: undo.url },
    })
  }
  await recordActs(tx, {
    ...{ action: 'user.change-email', outcome: 'SUCCESS', subjectId: userId, by },
    detail: { change: change.id },
  })
  return { kind: 'done', account, change }
}

type Pending = Pick<ContactChange, 'id' | 'userId' | 'oldValue' | 'newValue'>

/** The person's row is locked before the change's, as a request does. */
async function lockPending(
  tx: Transaction,
  digest: Uint8Array,
): Promise<Pending | { refused: 'EXPIRED' | 'ALREADY_USED' }> {
  const ofChange = eq(contactChanges.confirmDigest, digest)
  const owner = tx.select({ id: contactChanges.userId }).from(contactChanges).where(ofChange)
  const [account] = await tx
    .select({ email: users.email })
    .from(users)
    .where(sql`${users.id} = (${owner})`)
    .for('update')
  const [change] = await tx
    .select({ ...changeColumns, state: contactChanges.state, isOver: sql<boolean>`expires_at <= now()` })
    .from(contactChanges)
    .where(ofChange)
    .for('update')
  if (change?.state === 'CONFIRMED' || change?.state === 'REVERTED') return { refused: 'ALREADY_USED' }
  if (!change || !account || change.state !== 'PENDING' || change.isOver) return { refused: 'EXPIRED' }
  // What is told and may be undone is the address as it is now.
  return { ...change, oldValue: account.email }
}

/** A never-verified account gives way to the proof of its address; anybody else's stays theirs. */
async function makeFree(tx: Transaction, outbox: Outbox, address: string, userId: string): Promise<boolean> {
  const [holder] = await tx
    .select({ id: users.id, verifiedAt: users.verifiedAt })
    .from(users)
    .where(eq(users.email, address))
    .for('update')
  if (holder?.verifiedAt || (await isKept(tx, address, userId))) return false
  if (!holder) return true

  await dropPending({ tx, outbox }, holder.id)
  return true
}

async function markConfirmed(tx: Transaction, id: string, undo: UndoLink | null): Promise<ContactChange> {
  const [change] = await tx
    .update(contactChanges)
    .set({
      state: 'CONFIRMED',
      confirmedAt: sql`now()`,
      ...(undo && {
        undoDigest: undo.digest,
        undoUntil: sql`now() + make_interval(days => ${UNDO_LINK_DAYS})`,
      }),
    })
    .where(and(eq(contactChanges.id, id), eq(contactChanges.state, 'PENDING')))
    .returning(changeColumns)
  return change as ContactChange // locked as pending by this very transaction
}
