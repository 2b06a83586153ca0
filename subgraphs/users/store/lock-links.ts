import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { emailLinks, invitations } from './tables.js'

/** A verification locks its link, or its invitation, before its account; the same order everywhere, or each could wait for the other. */
export async function lockLinks(tx: Transaction, ofUsers: SQL): Promise<void> {
  await tx.execute(sql`select 1 from ${emailLinks} where user_id in (${ofUsers}) order by user_id for update`)
  await tx.execute(
    sql`select 1 from ${invitations} where user_id in (${ofUsers}) order by user_id for update`,
  )
}
