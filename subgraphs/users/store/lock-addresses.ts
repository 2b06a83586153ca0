import { asc, eq, or, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../shared/events/outbox.js'
import type { Account } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { lockLinks } from './lock-links.js'
import { invitations, users } from './tables.js'

/** An administrator made it, and nobody has taken it over yet. Names the row of the query that it stands in. */
export const isInvited: SQL<boolean> = sql<boolean>`(${users.verifiedAt} is null
  and exists (select 1 from ${invitations} as waiting where waiting.user_id = ${users.id}))`

export type Locked = Account & { isInvited: boolean; isGone: boolean }

type Wanted = { userId: string | null; email: string | null; phoneNumber: string | null }

/**
 * Locks addresses that somebody is to have, and everyone whom that concerns. Whoever wants one address, by registering, changing to
 * it or through staff, goes through one at a time. Links before accounts, and all in one order: two who cross would else wait
 * for each other.
 */
export async function lockAddresses(
  tx: Transaction,
  { userId, email, phoneNumber }: Wanted,
): Promise<Locked[]> {
  for (const address of [email, phoneNumber].filter((one) => one !== null)) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${address}, 0))`)
  }
  const isConcerned = or(
    userId === null ? undefined : eq(users.id, userId),
    email === null ? undefined : eq(users.email, email),
    phoneNumber === null ? undefined : eq(users.phoneNumber, phoneNumber),
  )
  await lockLinks(tx, sql`${tx.select({ id: users.id }).from(users).where(isConcerned)}`)
  return tx
    .select({ ...accountColumns, isInvited, isGone: sql<boolean>`${users.anonymizedAt} is not null` })
    .from(users)
    .where(isConcerned)
    .orderBy(asc(users.id))
    .for('update')
}

/** Anyone else's registration is nobody's yet, and gives way (SECURITY 9.8). */
export const isOwnerOfEmail = (holder: Locked): boolean => holder.verifiedAt !== null || holder.isInvited

/** A number that was entered beside an address and not proved is nobody's. */
export const isOwnerOfNumber = (holder: Locked): boolean =>
  holder.phoneNumberVerifiedAt !== null || (holder.email === null && holder.isInvited)
