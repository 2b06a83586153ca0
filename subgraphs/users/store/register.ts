import { eq, sql } from 'drizzle-orm'
import { takenAddressRegistered, userRegistered } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewAccount, NewLink } from '../domain/ports.js'
import { linkExpiry } from './links.js'
import { emailLinks, users } from './tables.js'

/**
 * One registration. Callers with the same address go through one at a time; each sends the same number of
 * statements, whether it makes an account, replaces a pending one, or only tells the owner of the address.
 */
export async function register(
  tx: Transaction,
  outbox: Outbox,
  account: NewAccount,
  link: NewLink,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${account.email}, 0))`)
  const [holder] = await tx
    .select({ id: users.id, verifiedAt: users.verifiedAt })
    .from(users)
    .where(eq(users.email, account.email))

  if (holder?.verifiedAt) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, holder.id))
    await tx.select({ id: emailLinks.userId }).from(emailLinks).where(eq(emailLinks.userId, holder.id))
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
    .onConflictDoUpdate({ target: emailLinks.userId, set: row })
}
