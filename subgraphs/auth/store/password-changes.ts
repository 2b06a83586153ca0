import { and, eq, ne, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { takeEvent } from '../../shared/events/take-event.js'
import type { PasswordChange, PasswordChangeStore } from '../domain/password-change-ports.js'
import { distrustDevices } from './devices.js'
import { endMany } from './end-sessions.js'
import { notePasswordChange } from './password-unchanged.js'
import { inbox, loginTickets, sessions, signInFailures } from './tables.js'

export const createPasswordChanges = (db: PostgresJsDatabase, outbox: Outbox): PasswordChangeStore => ({
  apply: (eventId, change, by) =>
    db.transaction(async (tx) =>
      (await takeEvent(tx, inbox, eventId)) ? changePassword({ db: tx, outbox }, change, by) : null,
    ),

  forgive: (userId) => forgive(db, userId),
})

/** Ends what a changed password ends, and says how many sessions that was. Rows are locked in the order that `tables.ts` tells. */
export async function changePassword(
  { db, outbox }: { db: Transaction; outbox: Outbox },
  { userId, how, keptSessionId, keptTicket }: PasswordChange,
  by: Actor,
): Promise<number> {
  const where = keptSessionId === null ? sql`true` : ne(sessions.id, keptSessionId)
  const reason = how === 'RESET' ? 'PASSWORD_RESET' : 'PASSWORD_CHANGE'
  await notePasswordChange(db, userId)
  const ended = await endMany({ db, outbox }, { userId, where }, { reason, by })
  const kept = keptTicket === null ? undefined : new Uint8Array(Buffer.from(keptTicket, 'base64url'))
  // What waits behind the password before, and devices where that alone was enough, go with it, whatever session is kept:
  // all but the sign-in that this change is part of.
  await db
    .delete(loginTickets)
    .where(and(eq(loginTickets.userId, userId), kept && ne(loginTickets.digest, kept)))
  await distrustDevices(db, userId)
  // Recovery opens an account that failures have closed (SECURITY 7.1): those were about the password before.
  if (how === 'RESET') await forgive(db, userId)
  return ended.length
}

async function forgive(db: Transaction, userId: string): Promise<void> {
  await db.delete(signInFailures).where(eq(signInFailures.subject, userId))
}
