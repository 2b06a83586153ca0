import { and, eq, inArray, isNull, lt, not, notInArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { FAREWELL } from '../domain/message.js'
import { KEEP_NOBODYS_DAYS } from '../limits.js'
import { messages, preferences, suppressions } from './tables.js'

const isFarewell = eq(messages.template, FAREWELL)
const waits = inArray(messages.status, ['QUEUED', 'SENDING'])

/**
 * Deletes every message to a person with its attempts, but for the last one while it waits, what they chose, and where nothing
 * arrived; says how many rows that was.
 */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(messages)
    .where(and(eq(messages.userId, userId), not(and(isFarewell, waits) ?? isFarewell)))
    .returning({ id: messages.id })
  const forgotten = await tx
    .delete(preferences)
    .where(eq(preferences.userId, userId))
    .returning({ id: preferences.userId })
  const unstopped = await tx
    .delete(suppressions)
    .where(eq(suppressions.userId, userId))
    .returning({ id: suppressions.userId })
  return erased.length + forgotten.length + unstopped.length
}

/** Deletes last messages that need no further try: they hold an address that nobody is to know any more. */
export async function forgetFarewells(db: PostgresJsDatabase): Promise<void> {
  await db.delete(messages).where(and(isFarewell, notInArray(messages.status, ['QUEUED', 'SENDING'])))
}

/** Deletes messages to addresses that services named: no account is theirs, whose end would end them. */
export async function forgetNobodys(db: PostgresJsDatabase): Promise<void> {
  const old = sql`now() - make_interval(days => ${KEEP_NOBODYS_DAYS})`
  await db.delete(messages).where(and(isNull(messages.userId), lt(messages.createdAt, old), not(waits)))
}
