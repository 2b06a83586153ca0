import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { emailChanged, verificationRequested } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AddressChange, AddressChanged, AddressMails, AddressStore } from '../domain/address-ports.js'
import type { AdministrativeAct } from '../domain/administration-ports.js'
import type { Account, NewLink } from '../domain/ports.js'
import { UNDO_LINK_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { dropPending } from './drop-pending.js'
import { isKept } from './kept-addresses.js'
import { writeLink } from './links.js'
import { lockLinks } from './lock-links.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { contactChanges, emailLinks, invitations, users } from './tables.js'
import { EMAIL_PROOF, retryOnce, verify } from './verify-account.js'

type Connection = { tx: Transaction; outbox: Outbox }

export const createAddressStore = (db: PostgresJsDatabase, outbox: Outbox): AddressStore => ({
  // Somebody may claim the username that a pending account wanted between our look and our write.
  change: (act, change, mails) =>
    retryOnce(() => db.transaction((tx) => changeAddress({ tx, outbox }, act, { change, mails }))),
})

type Wanted = { change: AddressChange; mails: AddressMails }

/** Whoever wants one address, by registering, changing to it or from here, goes through one at a time. */
async function changeAddress(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { change, mails }: Wanted,
): Promise<AddressChanged> {
  const { before, holder } = await lockBoth(tx, act.userId, change.email)
  if (!before) return { kind: 'refused', reason: 'NOT_FOUND' }
  const email = change.email === before.email ? null : change.email
  const refusal = await whyNot(tx, { act, before, holder, email })
  if (refusal) {
    const detail = { refusal }
    await recordActs(tx, { ...acted(act, 'user.change-email'), outcome: 'FAILURE', detail })
    return { kind: 'refused', reason: refusal }
  }

  if (holder && email) await dropPending({ tx, outbox }, holder.id)
  if (email) await putInForce({ tx, outbox }, act, { before, email, mails })
  return settleProof({ tx, outbox }, act, { before, isNew: email !== null, change, mails })
}

const acted = ({ userId, by }: AdministrativeAct, action: string) => ({
  ...{ action, outcome: 'SUCCESS' as const, subjectId: userId, by },
})

/** Links before accounts, and accounts in one order: two changes that cross would else wait for each other. */
async function lockBoth(tx: Transaction, userId: string, email: string | null) {
  if (email !== null) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`)
  const isEither = or(eq(users.id, userId), email === null ? undefined : eq(users.email, email))
  await lockLinks(tx, sql`${tx.select({ id: users.id }).from(users).where(isEither)}`)
  const rows = await tx
    .select(accountColumns)
    .from(users)
    .where(and(isEither, isNull(users.anonymizedAt)))
    .orderBy(asc(users.id))
    .for('update')
  return {
    before: rows.find(({ id }) => id === userId),
    holder: rows.find(({ id }) => id !== userId),
  }
}

type Looked = { act: AdministrativeAct; before: Account; holder: Account | undefined; email: string | null }

async function whyNot(tx: Transaction, { act, before, holder, email }: Looked) {
  if (!act.may(before.roles)) return 'FORBIDDEN'
  if (email === null) return before.email === null ? 'NO_ADDRESS' : null
  const isTheirs = holder && (holder.verifiedAt !== null || (await isInvited(tx, holder)))
  return isTheirs || (await isKept(tx, email, before.id)) ? 'TAKEN' : null
}

async function isInvited(tx: Transaction, { id, verifiedAt }: Account): Promise<boolean> {
  const found = await tx.select().from(invitations).where(eq(invitations.userId, id))
  return found.length > 0 && verifiedAt === null
}

type InForce = { before: Account; email: string; mails: AddressMails }

/**
 * The old address is told, and may undo it, where it was proved to be theirs: one with a typing mistake is somebody
 * else's. What was on its way to the old one, or wanted by the person before, is dead.
 */
async function putInForce(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, email, mails }: InForce,
) {
  const { id: userId, email: oldValue } = before
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
  if (oldValue === null || before.emailVerifiedAt === null) return

  await tx.insert(contactChanges).values({
    ...{ id: mails.changeId, userId, kind: 'EMAIL' as const, state: 'CONFIRMED' as const, oldValue },
    ...{ newValue: email, confirmDigest: mails.confirmDigest, undoDigest: mails.undo.digest },
    expiresAt: sql`now()`,
    confirmedAt: sql`clock_timestamp()`,
    undoUntil: sql`now() + make_interval(days => ${UNDO_LINK_DAYS})`,
  })
  const undo = { sealedUndoToken: mails.undo.sealedToken, undoUrl: mails.undo.url }
  await outbox.record(tx, emailChanged, { userId, changeId: mails.changeId, ...undo })
}

type Settling = Wanted & { before: Account; isNew: boolean }

/** Whether the address counts as proved; where it does not, and did or is new, its proof is asked for. */
async function settleProof(
  { tx, outbox }: Connection,
  act: AdministrativeAct,
  { before, isNew, change, mails }: Settling,
): Promise<AddressChanged> {
  const wasVerified = before.emailVerifiedAt !== null && !isNew
  if (change.isVerified === true && !wasVerified) return vouch(tx, act)

  const isWithdrawn = wasVerified && change.isVerified === false
  if (isWithdrawn) await withdraw(tx, act)
  if (isNew || isWithdrawn) await askForProof({ tx, outbox }, before, mails.link)
  const [account] = await tx.select(accountColumns).from(users).where(eq(users.id, act.userId))
  return account
    ? { kind: 'done', account, isUsernameTaken: false }
    : { kind: 'refused', reason: 'NOT_FOUND' }
}

/** The administrator says that the address is theirs. */
async function vouch(tx: Transaction, { userId, by }: AdministrativeAct): Promise<AddressChanged> {
  const verified = await verify(tx, { userId, proof: EMAIL_PROOF, by })
  return verified.kind === 'verified'
    ? { kind: 'done', account: verified.account, isUsernameTaken: verified.usernameTaken }
    : { kind: 'refused', reason: 'NOT_FOUND' }
}

async function withdraw(tx: Transaction, act: AdministrativeAct): Promise<void> {
  await tx.update(users).set({ emailVerifiedAt: null, updatedAt: sql`now()` }).where(eq(users.id, act.userId))
  await recordActs(tx, acted(act, 'user.unverify-email'))
}

/** Who was invited and has not come is invited at the other address; anyone else gets a link to verify it. */
async function askForProof({ tx, outbox }: Connection, account: Account, link: NewLink): Promise<void> {
  if (await isInvited(tx, account)) return sendInvitation({ tx, outbox }, account.id, link)

  await writeLink(tx, { userId: account.id, digest: link.digest })
  const { sealedToken, verificationUrl } = link
  await outbox.record(tx, verificationRequested, { userId: account.id, sealedToken, verificationUrl })
}
