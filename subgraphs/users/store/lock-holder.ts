import { eq, inArray, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import { keeperOf } from './kept-addresses.js'
import { mayBeSent } from './links.js'
import { emailLinks, invitations, users } from './tables.js'

export type Holder = {
  id: string
  verifiedAt: Date | null
  /** An administrator made it, and nobody has taken it over yet. */
  isInvited: boolean
}

/** Anyone else's registration is nobody's yet, and gives way (SECURITY 9.8). */
export const isTheirs = ({ verifiedAt, isInvited }: Holder): boolean => verifiedAt !== null || isInvited

/**
 * Whoever has the address, or may still go back to it, as it stands when no verification of it is under way: one that commits between our look and
 * our write would otherwise verify an account that we then give away. A verification locks the link before the account, and
 * so does who accepts an invitation; the same order here, or each could wait for the other.
 */
export async function lockHolder(
  tx: Transaction,
  email: string,
): Promise<{ holder: Holder | undefined; mayMail: boolean }> {
  const isHolder = or(eq(users.email, email), eq(users.id, keeperOf(email)))
  const holders = tx.select({ id: users.id }).from(users).where(isHolder)
  const [link] = await tx
    .select({ mayMail: sql<boolean>`${mayBeSent(emailLinks)}` })
    .from(emailLinks)
    .where(inArray(emailLinks.userId, holders))
    .for('update')
  const [invitation] = await tx
    .select({ usedAt: invitations.usedAt, mayMail: sql<boolean>`${mayBeSent(invitations)}` })
    .from(invitations)
    .where(inArray(invitations.userId, holders))
    .for('update')
  const [holder] = await tx
    .select({ id: users.id, verifiedAt: users.verifiedAt })
    .from(users)
    .where(isHolder)
    .for('update')
  const isInvited = invitation !== undefined && holder?.verifiedAt === null
  return {
    holder: holder && { ...holder, isInvited },
    mayMail: (isInvited ? invitation : link)?.mayMail ?? true,
  }
}
