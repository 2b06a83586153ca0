import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { ownNumberChanged } from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { ContactChange, ContactChangeDone, ContactChangeProof, UndoLink } from '../domain/ports.js'
import { UNDO_LINK_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { changeColumns } from './contact-change-columns.js'
import { addressesOf, addressIn, inForce } from './contact-kinds.js'
import { lockLinks } from './lock-links.js'
import { makeFree } from './make-free.js'
import { recordActs } from './record-act.js'
import { spendGrant } from './spend-grant.js'
import { contactChanges, emailLinks, users } from './tables.js'
import { tellOfChange } from './tell-of-change.js'
import { tellProved } from './tell-proved.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * Spends the proof of a new address and puts it in force. Whoever wants one address, by registering or by changing to
 * it, goes through one at a time, as in `register`.
 */
export async function confirmChange(
  { tx, outbox, by }: Connection,
  proof: ContactChangeProof,
  undo: UndoLink,
): Promise<ContactChangeDone> {
  const pending = await lockProved(tx, proof)
  if ('refused' in pending) return { kind: 'refused', reason: pending.refused }
  const { kind, userId, newValue } = pending
  if (!(await makeFree({ tx, outbox }, pending))) {
    await tx.update(contactChanges).set({ state: 'REPLACED' }).where(eq(contactChanges.id, pending.id))
    return { kind: 'refused', reason: 'TAKEN' }
  }

  const [account] = await tx
    .update(users)
    .set(inForce(kind, newValue))
    .where(eq(users.id, userId))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'EXPIRED' }
  if (kind === 'EMAIL') await tx.delete(emailLinks).where(eq(emailLinks.userId, userId))
  if (kind === 'PHONE') await outbox.record(tx, ownNumberChanged, { userId, changeId: pending.id })
  await tellProved(tx, userId, kind)
  const isTold = await tellOfChange({ tx, outbox }, { ...pending, account, undo })
  const change = await markConfirmed(tx, pending, isTold ? undo : null)
  await recordActs(tx, {
    action: kind === 'EMAIL' ? 'user.change-email' : 'user.change-phone',
    ...{ outcome: 'SUCCESS', subjectId: userId, by },
    detail: { change: change.id },
  })
  return { kind: 'done', account, change }
}

type Pending = Pick<ContactChange, 'id' | 'userId' | 'kind' | 'oldValue' | 'newValue'>
type Refused = { refused: 'EXPIRED' | 'ALREADY_USED' }

/** Finds the change that a proof is of, with everything that it concerns locked, and spends a grant. */
async function lockProved(tx: Transaction, proof: ContactChangeProof): Promise<Pending | Refused> {
  const ofChange = changeOf(proof)
  const [known] = await tx
    .select({ userId: contactChanges.userId, newValue: contactChanges.newValue })
    .from(contactChanges)
    .where(ofChange)
  if (!known || !fits(proof, known)) return { refused: 'EXPIRED' }
  const { userId, newValue } = known
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${newValue}, 0))`)

  await lockLinks(
    tx,
    sql`select id from ${users} where id = ${users.id.mapToDriverValue(userId)} or email = ${newValue}`,
  )
  const pending = await lockPending(tx, userId, ofChange)
  if ('refused' in pending || 'digest' in proof) return pending
  const spent = await spendGrant(tx, proof.grant)
  return 'refused' in spent ? spent : pending
}

const changeOf = (proof: ContactChangeProof): SQL | undefined =>
  and(
    eq(contactChanges.kind, proof.kind),
    'digest' in proof
      ? eq(contactChanges.confirmDigest, proof.digest)
      : eq(contactChanges.id, proof.changeId),
  )

/** A grant is for one change of one person, and for the address that it is to (SECURITY 9.4). */
function fits(
  proof: ContactChangeProof,
  { userId, newValue }: Pick<Pending, 'userId' | 'newValue'>,
): boolean {
  if ('digest' in proof) return true
  const { grant, changeId } = proof
  const isOfChange = grant.changeId === changeId && grant.userId === userId
  return isOfChange && grant.addressDigest === addressDigest(grant.challengeId, newValue)
}

/** The person's row is locked before the change's, as a request does. */
async function lockPending(
  tx: Transaction,
  userId: string,
  ofChange: SQL | undefined,
): Promise<Pending | Refused> {
  const [account] = await tx.select(addressesOf).from(users).where(eq(users.id, userId)).for('update')
  const [change] = await tx
    .select({ ...changeColumns, state: contactChanges.state, isOver: sql<boolean>`expires_at <= now()` })
    .from(contactChanges)
    .where(ofChange)
    .for('update')
  if (change?.state === 'CONFIRMED' || change?.state === 'REVERTED') return { refused: 'ALREADY_USED' }
  if (!change || !account || change.state !== 'PENDING' || change.isOver) return { refused: 'EXPIRED' }
  // What is told and may be undone is the address as it is now.
  return { ...change, oldValue: addressIn(account, change.kind) }
}

async function markConfirmed(
  tx: Transaction,
  { id, oldValue }: Pending,
  undo: UndoLink | null,
): Promise<ContactChange> {
  const [change] = await tx
    .update(contactChanges)
    .set({
      ...{ state: 'CONFIRMED' as const, oldValue },
      confirmedAt: sql`clock_timestamp()`, // under the lock of the person's row, so that changes have an order,
      ...(undo && {
        undoDigest: undo.digest,
        undoUntil: sql`now() + make_interval(days => ${UNDO_LINK_DAYS})`,
      }),
    })
    .where(and(eq(contactChanges.id, id), eq(contactChanges.state, 'PENDING')))
    .returning(changeColumns)
  return change as ContactChange // locked as pending by this very transaction
}
