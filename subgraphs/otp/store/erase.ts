import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import {
  factorVersions,
  recoveryCodes,
  smsFactors,
  smsNumbers,
  totpEnrollments,
  totpFactors,
} from './factor-tables.js'
import { challenges, wrongCodes } from './tables.js'

/** Deletes what is held of a person, codes that still wait and factors, and says how many records it was. */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(challenges)
    .where(eq(challenges.userId, userId))
    .returning({ id: challenges.id })
  const tables = [totpFactors, totpEnrollments, smsFactors, smsNumbers, recoveryCodes, factorVersions]
  const key = sql`uuid_send(${sql.param(userId, challenges.userId)}::uuid)`
  const counted = await tx
    .delete(wrongCodes)
    .where(eq(wrongCodes.key, key))
    .returning({ key: wrongCodes.key })
  let count = erased.length + counted.length
  for (const table of tables) {
    const rows = await tx.delete(table).where(eq(table.userId, userId)).returning({ of: table.userId })
    count += rows.length
  }
  return count
}
