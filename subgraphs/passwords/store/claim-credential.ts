import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { credentials } from './tables.js'

/** The account is gone. Says how many records it left. */
export async function removeCredential(tx: Transaction, userId: string): Promise<number> {
  const removed = await tx
    .delete(credentials)
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId })
  return removed.length
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
  if (replacedUserId !== null) await tx.delete(credentials).where(eq(credentials.userId, replacedUserId))

  const claimed = await tx
    .update(credentials)
    .set({ confirmedAt: sql`now()` })
    .where(eq(credentials.userId, userId))
    .returning({ userId: credentials.userId })
  return claimed.length === 1
}
