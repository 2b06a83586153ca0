import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { accessChanged } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ContactChangeDone } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { changeColumns } from './contact-change-columns.js'
import { inForce } from './contact-kinds.js'
import { lockLinks } from './lock-links.js'
import { recordActs } from './record-act.js'
import { contactChanges, emailLinks, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * Puts an address back in force. Later changes are undone with it: whoever took an account over may have changed its
 * address twice, and must not undo the undoing.
 */
export async function revertChange(
  { tx, outbox, by }: Connection,
  digest: Uint8Array,
): Promise<ContactChangeDone> {
  const ofChange = eq(contactChanges.undoDigest, digest)
  const owner = tx.select({ id: contactChanges.userId }).from(contactChanges).where(ofChange)
  await lockLinks(tx, sql`${owner}`)
  await tx.select({ id: users.id }).from(users).where(sql`${users.id} = (${owner})`).for('update')
  const [change] = await tx
    .select({ ...changeColumns, state: contactChanges.state, isOver: sql<boolean>`undo_until <= now()` })
    .from(contactChanges)
    .where(ofChange)
    .for('update')
  if (change?.state === 'REVERTED') return { kind: 'refused', reason: 'ALREADY_USED' }
  if (change?.state !== 'CONFIRMED' || change.isOver) return { kind: 'refused', reason: 'EXPIRED' }

  await undoLater(tx, change)
  const [account] = await tx
    .update(users)
    .set({
      ...inForce(change.kind, change.oldValue),
      accessVersion: sql`${users.accessVersion} + 1`,
    })
    .where(eq(users.id, change.userId))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'EXPIRED' }
  if (change.kind === 'EMAIL') await tx.delete(emailLinks).where(eq(emailLinks.userId, account.id))
  await outbox.record(tx, accessChanged, {
    ...{ userId: account.id, version: account.accessVersion, endsSessions: true },
  })
  await recordActs(tx, {
    ...{ action: 'user.revert-contact-change', outcome: 'SUCCESS', subjectId: account.id, by },
    detail: { change: change.id },
  })
  const { state: _state, isOver: _isOver, ...reverted } = change
  return { kind: 'done', account, change: { ...reverted, undoUntil: null } }
}

/** This change and every one since. */
const undoLater = (
  tx: Transaction,
  { userId, kind, requestedAt }: { userId: string; kind: 'EMAIL' | 'PHONE'; requestedAt: Date },
) =>
  tx
    .update(contactChanges)
    .set({ state: 'REVERTED', undoUntil: null })
    .where(
      and(
        eq(contactChanges.userId, userId),
        eq(contactChanges.kind, kind),
        gte(contactChanges.requestedAt, requestedAt),
        inArray(contactChanges.state, ['PENDING', 'CONFIRMED']),
      ),
    )
