import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { EndReason } from '../domain/ports.js'
import { MAX_SESSIONS } from '../limits.js'
import { isLive } from './session-columns.js'
import { sessions } from './tables.js'

export const ending = (reason: EndReason) => ({ endedAt: sql`now()`, endReason: reason })

/**
 * Ends what a condition picks, and says which sessions this call ended.
 *
 * Rows are locked newest first: two callers who end the same person's sessions could deadlock if each took
 * them in an order of its own.
 */
export async function endMany(db: Transaction, where: SQL | undefined, reason: EndReason): Promise<string[]> {
  const open = isNull(sessions.endedAt)
  const picked = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(where, open))
    .orderBy(desc(sessions.id))
    .for('update')
  const ended = await db
    .update(sessions)
    .set(ending(reason))
    .where(and(inArray(sessions.id, picked), open))
    .returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}

/**
 * Ends a person's oldest sessions beyond the cap (SECURITY 5.4).
 *
 * It runs after the new session is committed and before it is acknowledged. Of sign-ins side by side, none sees
 * the others' sessions while they are being written; whichever looks last sees all of them.
 */
export async function endBeyondCap(db: PostgresJsDatabase, userId: string): Promise<void> {
  const living = and(eq(sessions.userId, userId), isLive)
  const newestTooMany = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(living)
    .orderBy(desc(sessions.id))
    .limit(1)
    .offset(MAX_SESSIONS)
  await endMany(db, and(living, sql`${sessions.id} <= (${newestTooMany})`), 'TOO_MANY')
}
