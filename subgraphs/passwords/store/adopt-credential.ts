import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { endLink } from './replace-credential.js'
import { credentials } from './tables.js'

/**
 * Makes a credential that was stored under an id of its own somebody's. False where it is not there: it was adopted
 * before. It takes the place of one that does not count yet, and of none that does: told late, it would undo a reset.
 */
export async function adoptCredential(
  tx: Transaction,
  { credentialId, userId }: { credentialId: string; userId: string },
): Promise<boolean> {
  await endLink(tx, userId)
  // Locked before anything goes: the sweeper, or the same adoption told by the event, may be at it too.
  const [waiting] = await tx
    .select({ id: credentials.userId })
    .from(credentials)
    .where(eq(credentials.userId, credentialId))
    .for('update')
  if (!waiting) return false

  await tx.delete(credentials).where(and(eq(credentials.userId, userId), isNull(credentials.confirmedAt)))
  const [counts] = await tx
    .select({ id: credentials.userId })
    .from(credentials)
    .where(eq(credentials.userId, userId))
  if (counts) {
    await tx.delete(credentials).where(eq(credentials.userId, credentialId))
    return false
  }

  await tx
    .update(credentials)
    .set({ userId, changedAt: sql`now()`, confirmedAt: sql`now()` })
    .where(eq(credentials.userId, credentialId))
  return true
}
