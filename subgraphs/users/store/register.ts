import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { takenAddressRegistered, userRegistered } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewAccount, NewLink } from '../domain/ports.js'
import { countOneMore, writeLink } from './links.js'
import { type Holder, isTheirs, lockHolder } from './lock-holder.js'
import { pendingAccount } from './pending-account.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { emailLinks, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * One registration. Callers with the same address go through one at a time; each sends the same number of
 * statements, whether it makes an account, replaces a pending one, or only tells the owner of the address.
 */
export async function register(
  { tx, outbox, by }: Connection,
  account: NewAccount,
  link: NewLink,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${account.email}, 0))`)
  const { holder, mayMail } = await lockHolder(tx, account.email)

  const made = holder === undefined || (mayMail && !isTheirs(holder))
  await recordActs(tx, {
    action: 'user.register',
    outcome: made ? 'SUCCESS' : 'FAILURE',
    subjectId: made ? account.id : holder.id,
    by,
  })

  if (!made) return mayMail ? tellHolder({ tx, outbox }, holder, link) : changeNothing(tx, holder.id)
  await writeAccount(tx, account)
  await writeLink(tx, { userId: account.id, oldUserId: holder?.id, digest: link.digest })
  await outbox.record(tx, userRegistered, {
    userId: account.id,
    replacedUserId: holder?.id ?? null,
    sealedToken: link.sealedToken,
    verificationUrl: link.verificationUrl,
  })
}

/**
 * Whoever has the address is told. What an administrator prepared, roles among it, is for the mailbox to take over with
 * a password of its own, never for who names the address first: registering is asking for the invitation again.
 */
async function tellHolder({ tx, outbox }: Omit<Connection, 'by'>, holder: Holder, link: NewLink) {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, holder.id))
  if (holder.isInvited) return sendInvitation({ tx, outbox }, holder.id, link)
  // Counted in a row that is always there: an account that came by an invitation, or changed its address, has had no link.
  const spent = { userId: holder.id, digest: link.digest, expiresAt: sql`now()`, usedAt: sql`now()` }
  await tx
    .insert(emailLinks)
    .values(spent)
    .onConflictDoUpdate({ target: emailLinks.userId, set: countOneMore(emailLinks) })
  await outbox.record(tx, takenAddressRegistered, { userId: holder.id })
}

/**
 * An address that had its mails of this hour gets no more, from however many networks it is named (8.3). What was
 * registered before stands, and its last link works.
 */
async function changeNothing(tx: Transaction, userId: string): Promise<void> {
  for (let statement = 0; statement < 3; statement++) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId))
  }
}

/** A pending account is nobody's yet: whoever registers last holds it, and all that was said before is forgotten (9.8). */
async function writeAccount(tx: Transaction, { email, ...account }: NewAccount) {
  const row = { ...pendingAccount(account), phoneNumber: null, phoneNumberVerifiedAt: null }
  await tx
    .insert(users)
    .values({ ...row, email })
    .onConflictDoUpdate({ target: users.email, set: row })
}
