import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { credentials, passwordHistory, resetLinks } from './tables.js'

/** The account is gone. Says how many records it left. */
export async function removeCredential(tx: Transaction, userId: string): Promise<number> {
  const links = await tx
    .delete(resetLinks)
    .where(eq(resetLinks.userId, userId))
    .returning({ userId: resetLinks.userId })
  const removed = await tx
    .delete(credentials)
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId })
  const former = await tx
    .delete(passwordHistory)
    .where(eq(passwordHistory.userId, userId))
    .returning({ id: passwordHistory.id })
  return links.length + removed.length + former.length
}

/**
 * Makes a credential count, its account having been made, and deletes that of the account it took the place of.
 * False where there is no credential to claim.
 *
 * Of two registrations in a row the second may be heard of first; the claim of the first then finds nothing, which
 * is right. Locks are taken from the older account to the newer, so that a chain of them cannot deadlock.
 */
export async function claimCredential(
  tx: Transaction,
  { userId, replacedUserId }: { userId: string; replacedUserId: string | null },
): Promise<boolean> {
  if (replacedUserId !== null) await removeCredential(tx, replacedUserId)

  const claimed = await tx
    .update(credentials)
    .set({ confirmedAt: sql`now()` })
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId })
  return claimed.length === 1
}
