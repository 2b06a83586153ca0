import { eq } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { factorVersions, recoveryCodes, totpEnrollments, totpFactors } from './factor-tables.js'
import { challenges } from './tables.js'

/** Deletes what is held of a person, codes that still wait and factors, and says how many records it was. */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(challenges)
    .where(eq(challenges.userId, userId))
    .returning({ id: challenges.id })
  const tables = [totpFactors, totpEnrollments, recoveryCodes, factorVersions]
  let count = erased.length
  for (const table of tables) {
    const rows = await tx.delete(table).where(eq(table.userId, userId)).returning({ of: table.userId })
    count += rows.length
  }
  return count
}
