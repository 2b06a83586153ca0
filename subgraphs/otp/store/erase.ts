import { eq } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { challenges } from './tables.js'

/** Deletes what is held of a person, codes that still wait among it, and says how many records it was. */
export async function eraseUser(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(challenges)
    .where(eq(challenges.userId, userId))
    .returning({ id: challenges.id })
  return erased.length
}
