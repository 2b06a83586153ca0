import { and, eq, sql } from 'drizzle-orm'
import { registrationDropped } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AddressChange, AddressMails } from '../domain/address-ports.js'
import type { AdministrativeAct } from '../domain/administration-ports.js'
import { UNDO_LINK_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { freeNumber } from './claim-number.js'
import { addressIn } from './contact-kinds.js'
import { isKept } from './kept-addresses.js'
import { isOwnerOfNumber, type Locked } from './lock-addresses.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { contactChanges, users } from './tables.js'
import { tellOfChange } from './tell-of-change.js'
import { NUMBER_PROOF, verify } from './verify-account.js'

type Connection = { tx: Transaction; outbox: Outbox }

export const acted = ({ userId, by }: AdministrativeAct, action: string) => ({
  ...{ action, outcome: 'SUCCESS' as const, subjectId: userId, by },
})

type Looked = { before: Locked; change: AddressChange; rows: Locked[] }

export async function whyNotNumber(tx: Transaction, { before, change, rows }: Looked) {
  const { phoneNumber, isNumberVerified } = change
  if (phoneNumber === null)
    return isNumberVerified !== null && before.phoneNumber === null ? 'NO_NUMBER' : null
  const holder = rows.find((row) => row.id !== before.id && row.phoneNumber === phoneNumber)
  const isTheirs = holder !== undefined && isOwnerOfNumber(holder)
  return isTheirs || (await isKept(tx, phoneNumber, before.id)) ? 'NUMBER_TAKEN' : null
}

type Wanted = { before: Locked; change: AddressChange; mails: AddressMails }

/**
 * Another number by the word of staff, or whether the one there is was proved. No code is texted, since nobody waits for one: who has
 * the number asks for it. Whoever was invited by number alone is invited at the other one. Tells whether the username that the
 * person wanted is somebody's.
 */
export async function changeNumber(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, change, mails }: Wanted,
): Promise<boolean> {
  const phoneNumber = change.phoneNumber === before.phoneNumber ? null : change.phoneNumber
  if (phoneNumber !== null) await putInForce({ tx, outbox }, act, { before, phoneNumber, mails })
  const isNew = phoneNumber !== null
  const isUsernameTaken = await settleProof(tx, act, { before, isNew, isVerified: change.isNumberVerified })
  const isOnlyWay = before.isInvited && before.email === null && change.email === null
  if (isNew && isOnlyWay) await sendInvitation({ tx, outbox }, before.id, mails.link)
  return isUsernameTaken
}

type InForce = { before: Locked; phoneNumber: string; mails: AddressMails }

/** Told as a change of one's own is. A change that the person wanted before is dead. */
async function putInForce(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, phoneNumber, mails: { ofNumber } }: InForce,
): Promise<void> {
  const { userId } = act
  const { changeId: id, undo } = ofNumber
  const dropped = await freeNumber(tx, phoneNumber, userId)
  if (dropped !== null) await outbox.record(tx, registrationDropped, { userId: dropped })
  const [account] = await tx
    .update(users)
    .set({ phoneNumber, phoneNumberVerifiedAt: null, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
    .returning(accountColumns)
  await replacePending(tx, userId)
  await recordActs(tx, { ...acted(act, 'user.change-phone'), detail: { change: id } })
  const oldValue = addressIn(before, 'PHONE')
  const isTold =
    account && (await tellOfChange({ tx, outbox }, { id, kind: 'PHONE', oldValue, account, undo }))
  // Also where nobody is told: what undoes an earlier change undoes this one too.
  await tx.insert(contactChanges).values({
    ...{ id, userId, kind: 'PHONE' as const, state: 'CONFIRMED' as const, oldValue, newValue: phoneNumber },
    expiresAt: sql`now()`,
    confirmedAt: sql`clock_timestamp()`,
    ...(isTold && {
      undoDigest: undo.digest,
      undoUntil: sql`now() + make_interval(days => ${UNDO_LINK_DAYS})`,
    }),
  })
}

const replacePending = (tx: Transaction, userId: string) =>
  tx
    .update(contactChanges)
    .set({ state: 'REPLACED' })
    .where(
      and(
        eq(contactChanges.userId, userId),
        eq(contactChanges.kind, 'PHONE'),
        eq(contactChanges.state, 'PENDING'),
      ),
    )

type Settling = { before: Locked; isNew: boolean; isVerified: boolean | null }

async function settleProof(
  tx: Transaction,
  act: AdministrativeAct,
  { before, isNew, isVerified }: Settling,
): Promise<boolean> {
  const { userId, by } = act
  const wasVerified = before.phoneNumberVerifiedAt !== null && !isNew
  if (isVerified === true && !wasVerified) {
    const verified = await verify(tx, { userId, proof: NUMBER_PROOF, by })
    return verified.kind === 'verified' && verified.usernameTaken
  }
  if (isVerified === false && wasVerified) await withdraw(tx, act)
  return false
}

async function withdraw(tx: Transaction, act: AdministrativeAct): Promise<void> {
  await tx
    .update(users)
    .set({ phoneNumberVerifiedAt: null, updatedAt: sql`now()` })
    .where(eq(users.id, act.userId))
  await recordActs(tx, acted(act, 'user.unverify-phone'))
}
