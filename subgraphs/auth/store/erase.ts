import { desc, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { devices, loginTickets, passwordChanges, sessions, signInFailures } from './tables.js'

/**
 * Deletes what is held of a person, and says how many records it was. Their access version stays, a number under an id:
 * by it the tokens that still live are refused.
 */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  // First, as whoever starts a session locks it first.
  const changed = await tx
    .delete(passwordChanges)
    .where(eq(passwordChanges.userId, userId))
    .returning({ userId: passwordChanges.userId })
  // In the one order in which a person's sessions are locked, newest first.
  const theirs = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.id))
    .for('update')
  const ended = await tx
    .delete(sessions)
    .where(inArray(sessions.id, theirs))
    .returning({ userId: sessions.userId })
  const pending = await tx
    .delete(loginTickets)
    .where(eq(loginTickets.userId, userId))
    .returning({ userId: loginTickets.userId })
  const known = await tx
    .delete(devices)
    .where(eq(devices.userId, userId))
    .returning({ userId: devices.userId })
  const failed = await tx
    .delete(signInFailures)
    .where(eq(signInFailures.subject, userId))
    .returning({ subject: signInFailures.subject })
  return changed.length + ended.length + known.length + failed.length + pending.length
}
