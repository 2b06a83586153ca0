import type { Identifier } from '../../shared/identifiers/identifier.js'
import type { Account } from './ports.js'

/** A disabled or locked account is checked against nothing. One that waits for its deletion signs in to cancel it (9.8). */
export const maySignIn = ({ status }: Pick<Account, 'status'>): boolean =>
  status !== 'DISABLED' && status !== 'LOCKED'

/** A number that somebody entered and has not proved, beside an address that they have, may be anyone's: it names nobody. */
export const isNamedBy = (
  { kind }: Identifier,
  { everVerified, phoneNumberVerified }: Pick<Account, 'everVerified' | 'phoneNumberVerified'>,
): boolean => kind !== 'phoneNumber' || phoneNumberVerified || !everVerified
