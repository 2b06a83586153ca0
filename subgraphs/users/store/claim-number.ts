import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { keeperOf } from './kept-addresses.js'
import { isInvited } from './lock-addresses.js'
import { users } from './tables.js'

export type NumberHolder = {
  id: string
  isTheirs: boolean
  /** An administrator made the account for this number alone, and nobody has taken it over yet. */
  isInvited: boolean
}

/** Whether a number is nobody else's to register with. What was prepared for it is for whoever reads its texts. */
export const isHeld = (holder: NumberHolder | undefined): holder is NumberHolder =>
  holder !== undefined && (holder.isTheirs || holder.isInvited)

/**
 * Whoever has a number, or may still go back to it, locked. It is theirs once they have proved it; one that is only
 * claimed is nobody's yet.
 */
export async function lockNumberHolder(tx: Transaction, number: string): Promise<NumberHolder | undefined> {
  const isKeeper = eq(users.id, keeperOf(number))
  const [holder] = await tx
    .select({
      id: users.id,
      isTheirs: sql<boolean>`coalesce(${isKeeper}, false) or ${users.phoneNumberVerifiedAt} is not null`,
      isInvited: sql<boolean>`${users.email} is null and ${isInvited}`,
    })
    .from(users)
    // As it is, so that the primary key serves it: there is no keeper but by id.
    .where(or(eq(users.phoneNumber, number), isKeeper))
    .orderBy(sql`2 desc`)
    .limit(1)
    .for('update')
  return holder
}

/** Takes a number that nobody has proved from whoever claims it: an account with an address of its own goes on without. */
export async function freeNumber(tx: Transaction, number: string, userId: string): Promise<string | null> {
  const isClaimed = and(
    eq(users.phoneNumber, number),
    isNull(users.phoneNumberVerifiedAt),
    ne(users.id, userId),
  )
  const [dropped] = await tx
    .delete(users)
    .where(and(isClaimed, isNull(users.verifiedAt), isNull(users.email)))
    .returning({ id: users.id })
  await tx.update(users).set({ phoneNumber: null, updatedAt: sql`now()` }).where(isClaimed)
  return dropped?.id ?? null
}
