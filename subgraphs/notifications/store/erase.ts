import { and, eq, inArray, not, notInArray } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { FAREWELL } from '../domain/message.js'
import { messages } from './tables.js'

const isFarewell = eq(messages.template, FAREWELL)
const waits = inArray(messages.status, ['QUEUED', 'SENDING'])

/** Deletes every message to a person with its attempts, but for the last one while it waits, and says how many. */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(messages)
    .where(and(eq(messages.userId, userId), not(and(isFarewell, waits) ?? isFarewell)))
    .returning({ id: messages.id })
  return erased.length
}

/** Deletes last messages that need no further try: they hold an address that nobody is to know any more. */
export async function forgetFarewells(db: PostgresJsDatabase): Promise<void> {
  await db.delete(messages).where(and(isFarewell, notInArray(messages.status, ['QUEUED', 'SENDING'])))
}
