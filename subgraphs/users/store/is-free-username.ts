import { type SQL, sql } from 'drizzle-orm'
import { reservedUsernames, users } from './tables.js'

/**
 * Whether a person may take a username: nobody has it, and it is not kept for someone who gave it up.
 *
 * Both are read in one snapshot. Giving a name up and reserving it is one transaction, so a statement sees the name
 * either still taken or already reserved, never free in between.
 */
export const isFreeUsername = (username: string | null, userId: string): SQL => sql`(
  not exists (select 1 from ${users} as other where other.username = ${username}::text)
  and not exists (
    select 1 from ${reservedUsernames} as kept
    where kept.username = ${username}::text and kept.until > now()
      and kept.user_id <> ${reservedUsernames.userId.mapToDriverValue(userId)}::uuid
  ))`
