import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { ContactChange } from '../domain/ports.js'
import { invitations, users } from './tables.js'

type Kind = ContactChange['kind']

export const addressesOf = {
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  phoneNumber: users.phoneNumber,
  phoneNumberVerifiedAt: users.phoneNumberVerifiedAt,
}

type Addresses = {
  email: string | null
  emailVerifiedAt: Date | null
  phoneNumber: string | null
  phoneNumberVerifiedAt: Date | null
}

/**
 * What a change takes the place of, and an undoing puts back. One that was entered and never proved is nobody's: with a
 * typing mistake in it, it would hand the account to a stranger.
 */
export function addressIn(account: Addresses, kind: Kind): string | null {
  if (kind === 'EMAIL') return account.emailVerifiedAt === null ? null : account.email
  return account.phoneNumberVerifiedAt === null ? null : account.phoneNumber
}

/** Whether a change would change nothing. An address without its proof gets that by a link, a number by this way. */
export const isSame = (account: Addresses, kind: Kind, address: string): boolean =>
  address === (kind === 'EMAIL' ? account.email : addressIn(account, kind))

const isPrepared = sql`exists (select 1 from ${invitations} where ${invitations.userId} = ${users.id})`

/** Those whose an address is: a pending account's is nobody's yet, unless staff prepared it, nor is a number that was never proved. */
export const isTakenBy = (kind: Kind, address: string): SQL | undefined =>
  kind === 'EMAIL'
    ? and(eq(users.email, address), or(isNotNull(users.verifiedAt), isPrepared))
    : and(eq(users.phoneNumber, address), isNotNull(users.phoneNumberVerifiedAt))

/** Puts an address in force that was proved, or none. */
export function inForce(kind: Kind, address: string | null) {
  const at = address === null ? null : sql`now()`
  return kind === 'EMAIL'
    ? { email: address, emailVerifiedAt: at, updatedAt: sql`now()` }
    : { phoneNumber: address, phoneNumberVerifiedAt: at, updatedAt: sql`now()` }
}
