import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Transaction } from '../../shared/events/outbox.js'
import { contactChanges } from './tables.js'

/** Whose an address was that they may still go back to: until then it is nobody else's (SECURITY 9.4). */
export const keeperOf = (address: string | AnyPgColumn): SQL => sql`(
  select kept.user_id from ${contactChanges} as kept
  where kept.old_value = ${address} and kept.state = 'CONFIRMED' and kept.undo_until > now() limit 1)`

/** Whether an address is kept for somebody other than this person. */
export async function isKept(tx: Transaction, address: string, userId: string): Promise<boolean> {
  const [row] = (await tx.execute(
    sql`select ${keeperOf(address)} <> ${contactChanges.userId.mapToDriverValue(userId)}::uuid as kept`,
  )) as unknown as { kept: boolean | null }[]
  return row?.kept === true
}
