import type { Transaction } from './outbox.js'
import type { InboxTable } from './tables.js'

/**
 * Whether an event is acted on for the first time; of many who ask at once one is told so. What an internal call says
 * before the event does is taken by the event's id, so that the event, when it comes, does nothing again.
 */
export async function takeEvent(tx: Transaction, inbox: InboxTable, eventId: string): Promise<boolean> {
  const fresh = await tx.insert(inbox).values({ eventId }).onConflictDoNothing().returning()
  return fresh.length > 0
}
