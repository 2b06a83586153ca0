import { eq } from 'drizzle-orm'
import { registrationDropped } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { emailLinks, users } from './tables.js'

/** A never-verified account gives way. Its row is locked; passwords deletes its credential. */
export async function dropPending(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  userId: string,
): Promise<void> {
  await tx.delete(emailLinks).where(eq(emailLinks.userId, userId))
  await tx.delete(users).where(eq(users.id, userId))
  await outbox.record(tx, registrationDropped, { userId })
}
