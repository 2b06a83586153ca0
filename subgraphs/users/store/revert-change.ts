import { and, desc, eq, gte, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { accessChanged } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ContactChange, ContactChangeDone } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { changeColumns } from './contact-change-columns.js'
import { inForce } from './contact-kinds.js'
import { deletions } from './deletion-tables.js'
import { lockLinks } from './lock-links.js'
import { recordActs } from './record-act.js'
import { contactChanges, emailLinks, users } from './tables.js'
import { takeBackDeletion } from './take-back-deletion.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }
type Addresses = Record<ContactChange['kind'], string | null>

/**
 * Puts an address back in force. What happened since is undone with it, be it of the other kind, and so is the wish to
 * delete the account: whoever took it over may have changed both addresses twice, and must not undo the undoing.
 */
export async function revertChange(
  { tx, outbox, by }: Connection,
  digest: Uint8Array,
): Promise<ContactChangeDone> {
  const found = await lockChange(tx, digest)
  if ('refused' in found) return { kind: 'refused', reason: found.refused }
  const { change, current } = found
  const { ids, before } = await lockSince(tx, change)
  // What was proved then may not be any more: nobody is left without any address.
  const addresses = { ...current, ...before }
  if (addresses.EMAIL === null && addresses.PHONE === null) return { kind: 'refused', reason: 'EXPIRED' }

  await tx
    .update(contactChanges)
    .set({ state: 'REVERTED', undoUntil: null })
    .where(inArray(contactChanges.id, ids))
  if (await isLeavingSince(tx, change)) await takeBackDeletion({ tx, outbox }, change.userId, by)
  const [account] = await tx
    .update(users)
    .set({
      ...(before.EMAIL !== undefined && inForce('EMAIL', before.EMAIL)),
      ...(before.PHONE !== undefined && inForce('PHONE', before.PHONE)),
      accessVersion: sql`${users.accessVersion} + 1`,
    })
    .where(eq(users.id, change.userId))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'EXPIRED' }
  if (before.EMAIL !== undefined) await tx.delete(emailLinks).where(eq(emailLinks.userId, account.id))
  await outbox.record(tx, accessChanged, {
    ...{ userId: account.id, version: account.accessVersion, endsSessions: true, cause: 'UNDO' },
  })
  await recordActs(tx, {
    ...{ action: 'user.revert-contact-change', outcome: 'SUCCESS', subjectId: account.id, by },
    detail: { change: change.id },
  })
  return { kind: 'done', account, change: { ...change, undoUntil: null } }
}

type Found = { change: ContactChange; current: Addresses } | { refused: 'EXPIRED' | 'ALREADY_USED' }

/** Finds the change that a link undoes, with everything that it concerns locked. */
async function lockChange(tx: Transaction, digest: Uint8Array): Promise<Found> {
  const ofChange = eq(contactChanges.undoDigest, digest)
  const owner = tx.select({ id: contactChanges.userId }).from(contactChanges).where(ofChange)
  await lockLinks(tx, sql`${owner}`)
  const [current] = await tx
    .select({ EMAIL: users.email, PHONE: users.phoneNumber })
    .from(users)
    .where(sql`${users.id} = (${owner})`)
    .for('update')
  const [row] = await tx
    .select({ ...changeColumns, state: contactChanges.state, isOver: sql<boolean>`undo_until <= now()` })
    .from(contactChanges)
    .where(ofChange)
    .for('update')
  if (row?.state === 'REVERTED') return { refused: 'ALREADY_USED' }
  if (!current || row?.state !== 'CONFIRMED' || row.isOver) return { refused: 'EXPIRED' }
  const { state: _state, isOver: _isOver, ...change } = row
  return { change, current }
}

type Since = Pick<ContactChange, 'userId' | 'requestedAt'>

/**
 * Whatever waits for its proof, and what came into force since the change was asked for, itself among it; and what was
 * in force before all of it. An address that was kept for its seven days may be somebody else's by now.
 */
async function lockSince(tx: Transaction, { userId, requestedAt }: Since) {
  const { id, kind, oldValue, state, confirmedAt } = contactChanges
  const canBeUndone = sql`coalesce(undo_until > now(), true)`
  const isSince = and(eq(state, 'CONFIRMED'), gte(confirmedAt, requestedAt), canBeUndone)
  const rows = await tx
    .select({ id, kind, oldValue, state })
    .from(contactChanges)
    .where(and(eq(contactChanges.userId, userId), or(eq(state, 'PENDING'), isSince)))
    .orderBy(desc(confirmedAt))
    .for('update')

  // Of two changes of one kind the earlier comes last, and counts.
  const before: Partial<Addresses> = {}
  for (const row of rows) if (row.state === 'CONFIRMED') before[row.kind] = row.oldValue
  return { ids: rows.map((row) => row.id), before }
}

async function isLeavingSince(tx: Transaction, { userId, requestedAt }: Since): Promise<boolean> {
  const [wanted] = await tx
    .select({ userId: deletions.userId })
    .from(deletions)
    .where(
      and(eq(deletions.userId, userId), isNull(deletions.deletedAt), gte(deletions.requestedAt, requestedAt)),
    )
  return wanted !== undefined
}
