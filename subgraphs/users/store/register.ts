import { eq, inArray, or, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { takenAddressRegistered, userRegistered } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewAccount, NewLink } from '../domain/ports.js'
import { keeperOf } from './kept-addresses.js'
import { countOneMore, linkExpiry, mayBeSent } from './links.js'
import { recordActs } from './record-act.js'
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

  const made = holder === undefined || (mayMail && !holder.verifiedAt)
  await recordActs(tx, {
    action: 'user.register',
    outcome: made ? 'SUCCESS' : 'FAILURE',
    subjectId: made ? account.id : holder.id,
    by,
  })

  if (holder && !mayMail) return changeNothing(tx, holder.id)
  if (holder?.verifiedAt) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, holder.id))
    await tx.update(emailLinks).set(countOneMore).where(eq(emailLinks.userId, holder.id))
    return outbox.record(tx, takenAddressRegistered, { userId: holder.id })
  }

  await writeAccount(tx, account)
  await writeLink(tx, account.id, holder?.id ?? account.id, link)
  await outbox.record(tx, userRegistered, {
    userId: account.id,
    replacedUserId: holder?.id ?? null,
    sealedToken: link.sealedToken,
    verificationUrl: link.verificationUrl,
  })
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

/**
 * Whoever has the address, or may still go back to it, as it stands when no verification of it is under way: one that commits between our look and
 * our write would otherwise verify an account that we then give away. A verification locks the link before the account;
 * the same order here, or each could wait for the other.
 */
async function lockHolder(tx: Transaction, email: string) {
  const isHolder = or(eq(users.email, email), eq(users.id, keeperOf(email)))
  const holders = tx.select({ id: users.id }).from(users).where(isHolder)
  const [link] = await tx
    .select({ mayMail: sql<boolean>`${mayBeSent}` })
    .from(emailLinks)
    .where(inArray(emailLinks.userId, holders))
    .for('update')
  const [holder] = await tx
    .select({ id: users.id, verifiedAt: users.verifiedAt })
    .from(users)
    .where(isHolder)
    .for('update')
  return { holder, mayMail: link?.mayMail ?? true }
}

/** A pending account is nobody's yet: whoever registers last holds it, and all that was said before is forgotten (9.8). */
async function writeAccount(
  tx: Transaction,
  { id, email, wantedUsername, termsVersion, profile }: NewAccount,
) {
  const row = {
    id,
    status: 'PENDING_VERIFICATION' as const,
    wantedUsername,
    displayName: profile.displayName ?? null,
    givenName: profile.givenName ?? null,
    familyName: profile.familyName ?? null,
    birthdate: profile.birthdate ?? null,
    locale: profile.locale ?? 'en',
    timeZone: profile.timeZone ?? null,
    termsVersion,
    termsAcceptedAt: termsVersion === null ? null : sql`now()`,
    createdAt: sql`now()`,
    updatedAt: sql`now()`,
  }
  await tx
    .insert(users)
    .values({ ...row, email })
    .onConflictDoUpdate({ target: users.email, set: row })
}

async function writeLink(tx: Transaction, userId: string, oldUserId: string, { digest }: NewLink) {
  const row = { userId, digest, expiresAt: linkExpiry, usedAt: null, sentAt: sql`now()` }
  // Written under the id that held the row before, so that the old link dies with its account.
  await tx
    .insert(emailLinks)
    .values({ ...row, userId: oldUserId })
    .onConflictDoUpdate({ target: emailLinks.userId, set: { ...row, ...countOneMore } })
}
