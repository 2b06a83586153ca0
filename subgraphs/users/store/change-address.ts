import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { verificationRequested } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AddressChange, AddressChanged, AddressMails, AddressStore } from '../domain/address-ports.js'
import type { AdministrativeAct } from '../domain/administration-ports.js'
import type { NewLink } from '../domain/ports.js'
import { UNDO_LINK_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { acted, changeNumber, whyNotNumber } from './change-number.js'
import { addressIn } from './contact-kinds.js'
import { dropPending } from './drop-pending.js'
import { isKept } from './kept-addresses.js'
import { writeLink } from './links.js'
import { isOwnerOfEmail, type Locked, lockAddresses } from './lock-addresses.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { contactChanges, emailLinks, users } from './tables.js'
import { tellOfChange } from './tell-of-change.js'
import { EMAIL_PROOF, retryOnce, verify } from './verify-account.js'

type Connection = { tx: Transaction; outbox: Outbox }

export const createAddressStore = (db: PostgresJsDatabase, outbox: Outbox): AddressStore => ({
  // Somebody may claim the username that a pending account wanted between our look and our write.
  change: (act, change, mails) =>
    retryOnce(() => db.transaction((tx) => changeAddresses({ tx, outbox }, act, { change, mails }))),
})

type Wanted = { change: AddressChange; mails: AddressMails }

/** Everything is looked at before anything is written, so a number that is taken leaves the address as it is too. */
async function changeAddresses(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { change, mails }: Wanted,
): Promise<AddressChanged> {
  const { userId } = act
  const rows = await lockAddresses(tx, { userId, email: change.email, phoneNumber: change.phoneNumber })
  const before = rows.find(({ id, isGone }) => id === userId && !isGone)
  if (!before) return { kind: 'refused', reason: 'NOT_FOUND' }

  const email = change.email === before.email ? null : change.email
  const holder = rows.find((row) => row.id !== userId && email !== null && row.email === email)
  const looked = { act, before, change, rows }
  const refusal = (await whyNotEmail(tx, { ...looked, holder, email })) ?? (await whyNotNumber(tx, looked))
  if (refusal) return refuse(tx, act, refusal)

  if (holder) await dropPending({ tx, outbox }, holder.id)
  if (email) await putInForce({ tx, outbox }, act, { before, email, mails })
  const lost = [
    await settleProof({ tx, outbox }, act, { before, isNew: email !== null, change, mails }),
    await changeNumber({ tx, outbox }, act, { before, change, mails }),
  ]
  const [account] = await tx.select(accountColumns).from(users).where(eq(users.id, userId))
  return account
    ? { kind: 'done', account, isUsernameTaken: lost.includes(true) }
    : { kind: 'refused', reason: 'NOT_FOUND' }
}

type Refusal = Extract<AddressChanged, { kind: 'refused' }>['reason']

async function refuse(tx: Transaction, act: AdministrativeAct, reason: Refusal): Promise<AddressChanged> {
  const isOfNumber = reason === 'NUMBER_TAKEN' || reason === 'NO_NUMBER'
  const action = isOfNumber ? 'user.change-phone' : 'user.change-email'
  const detail = { refusal: reason === 'NUMBER_TAKEN' ? 'TAKEN' : reason }
  await recordActs(tx, { ...acted(act, action), outcome: 'FAILURE', detail })
  return { kind: 'refused', reason }
}

type Looked = {
  act: AdministrativeAct
  before: Locked
  holder: Locked | undefined
  change: AddressChange
  email: string | null
}

async function whyNotEmail(tx: Transaction, { act, before, holder, change, email }: Looked) {
  if (!act.may(before.roles)) return 'FORBIDDEN'
  if (email === null) return change.isEmailVerified !== null && before.email === null ? 'NO_ADDRESS' : null
  const isTheirs = holder !== undefined && isOwnerOfEmail(holder)
  return isTheirs || (await isKept(tx, email, before.id)) ? 'TAKEN' : null
}

type InForce = { before: Locked; email: string; mails: AddressMails }

/**
 * The old address is told, and may undo it, where it was proved to be theirs: one with a typing mistake is somebody
 * else's. In its place the proved number is. What was on its way to the old one, or wanted by the person before, is dead.
 */
async function putInForce(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, email, mails }: InForce,
) {
  const { id: userId } = before
  const oldValue = addressIn(before, 'EMAIL')
  await tx
    .update(users)
    .set({ email, emailVerifiedAt: null, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
  await tx.delete(emailLinks).where(eq(emailLinks.userId, userId))
  await tx
    .update(contactChanges)
    .set({ state: 'REPLACED' })
    .where(
      and(
        eq(contactChanges.userId, userId),
        eq(contactChanges.kind, 'EMAIL'),
        eq(contactChanges.state, 'PENDING'),
      ),
    )
  const detail = { change: mails.changeId }
  await recordActs(tx, { ...acted(act, 'user.change-email'), detail })
  if (oldValue === null && addressIn(before, 'PHONE') === null) return

  await tx.insert(contactChanges).values({
    ...{ id: mails.changeId, userId, kind: 'EMAIL' as const, state: 'CONFIRMED' as const, oldValue },
    ...{ newValue: email, confirmDigest: mails.confirmDigest, undoDigest: mails.undo.digest },
    expiresAt: sql`now()`,
    confirmedAt: sql`clock_timestamp()`,
    undoUntil: sql`now() + make_interval(days => ${UNDO_LINK_DAYS})`,
  })
  const account = { ...before, email }
  await tellOfChange(
    { tx, outbox },
    { id: mails.changeId, kind: 'EMAIL', oldValue, account, undo: mails.undo },
  )
}

type Settling = Wanted & { before: Locked; isNew: boolean }

/**
 * Whether the address counts as proved; where it does not, and did or is new, its proof is asked for. Tells whether the username
 * that the person wanted is somebody's.
 */
async function settleProof(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, isNew, change, mails }: Settling,
): Promise<boolean> {
  const { userId, by } = act
  const wasVerified = before.emailVerifiedAt !== null && !isNew
  if (change.isEmailVerified === true && !wasVerified) {
    const verified = await verify(tx, { userId, proof: EMAIL_PROOF, by })
    return verified.kind === 'verified' && verified.usernameTaken
  }

  const isWithdrawn = wasVerified && change.isEmailVerified === false
  if (isWithdrawn) await withdraw(tx, act)
  if (isNew || isWithdrawn) await askForProof({ tx, outbox }, before, mails.link)
  return false
}

async function withdraw(tx: Transaction, act: AdministrativeAct): Promise<void> {
  await tx.update(users).set({ emailVerifiedAt: null, updatedAt: sql`now()` }).where(eq(users.id, act.userId))
  await recordActs(tx, acted(act, 'user.unverify-email'))
}

/** Who was invited and has not come is invited at the other address; anyone else gets a link to verify it. */
async function askForProof({ tx, outbox }: Connection, account: Locked, link: NewLink): Promise<void> {
  if (account.isInvited) return sendInvitation({ tx, outbox }, account.id, link)

  await writeLink(tx, { userId: account.id, digest: link.digest })
  const { sealedToken, verificationUrl } = link
  await outbox.record(tx, verificationRequested, { userId: account.id, sealedToken, verificationUrl })
}
