import type { Account } from './recovery-ports.js'

/**
 * Where a reset may be mailed to; null where there is nothing to recover.
 *
 * An address that was not proved, of an account that was by something else, may be anybody's: whoever has it would get the
 * account. Of a never-verified account it is all there is, and the link proves it.
 */
export function mailboxOf({ status, email, emailVerified, everVerified }: Account): string | null {
  if (status === 'DISABLED') return null
  return emailVerified || !everVerified ? email : null
}

/** Where a code of a reset may be texted to; null where that is nowhere. Only a number that was proved. */
export const numberOf = ({ status, phoneNumber, phoneNumberVerified }: Account): string | null =>
  status !== 'DISABLED' && phoneNumberVerified ? phoneNumber : null

/** Words of theirs that a password must not consist of. */
export const identityOf = ({ email, displayName, otherNames }: Account): string[] =>
  [email, displayName, ...otherNames].filter((word) => word !== null)
