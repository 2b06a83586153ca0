import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { deletionCancelled } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { deletions } from './deletion-tables.js'
import { recordActs } from './record-act.js'
import { users } from './tables.js'

/** Takes back a deletion that is still to come. The account's row is locked. */
export async function takeBackDeletion(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  userId: string,
  by: Actor,
): Promise<void> {
  await tx.update(users).set({ deletionAt: null, updatedAt: sql`now()` }).where(eq(users.id, userId))
  await tx.delete(deletions).where(eq(deletions.userId, userId))
  await outbox.record(tx, deletionCancelled, { userId })
  await recordActs(tx, { action: 'user.cancel-deletion', outcome: 'SUCCESS', subjectId: userId, by })
}
