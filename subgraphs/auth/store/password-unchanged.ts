import { lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { TriedAt } from '../domain/ports.js'
import { LOGIN_TICKET } from '../limits.js'
import { passwordChanges } from './tables.js'

/**
 * Part of the statement that a right password is good for: a row, unless the password has changed since it was tried. The
 * password was looked at after the try was counted, and a change is noted here after it is committed, so a password that
 * was the old one was tried before the time that is noted.
 *
 * It writes a row in any case. Were it only read, a sign-in and a change side by side would not see each other: one would
 * find no change, the other no session to end. So whoever comes second waits, and sees what the first has written.
 */
export const unchangedPassword = (userId: string, triedAt: TriedAt | null): SQL => sql`
  insert into ${passwordChanges} as p (user_id, changed_at)
  values (${passwordChanges.userId.mapToDriverValue(userId)}::uuid, '-infinity')
  on conflict (user_id) do update set changed_at = p.changed_at
  where p.changed_at <= coalesce(${triedAt}::timestamptz, 'infinity') returning 1`

/** Before anything else that a change ends: sign-ins that come later are refused, those that came before are seen. */
export async function notePasswordChange(db: Transaction, userId: string): Promise<void> {
  await db
    .insert(passwordChanges)
    .values({ userId, changedAt: sql`now()` })
    .onConflictDoUpdate({
      target: passwordChanges.userId,
      set: { changedAt: sql`greatest(${passwordChanges.changedAt}, now())` },
    })
}

/** A sign-in takes seconds, and no more than a ticket lives. */
export async function forgetPasswordChanges(db: PostgresJsDatabase): Promise<void> {
  const over = sql`now() - make_interval(secs => ${LOGIN_TICKET.seconds})`
  await db.delete(passwordChanges).where(lt(passwordChanges.changedAt, over))
}
