import type { Addresses } from './mfa-grant.js'
import type { AuthenticationMethod } from './ports.js'

type Known = { hasPassword: boolean; mayBeTexted: boolean }

/**
 * What proves again who has no second factor (SECURITY 8.6). A code counts only for who has no password: else whoever reads
 * the mailbox would take the account with it.
 */
export function basicProofsOf(
  { emailVerified, phoneNumberVerified }: Pick<Addresses, 'emailVerified' | 'phoneNumberVerified'>,
  { hasPassword, mayBeTexted }: Known,
): AuthenticationMethod[] {
  if (hasPassword) return ['PASSWORD']
  const proofs: AuthenticationMethod[] = emailVerified ? ['OTP_EMAIL'] : []
  return phoneNumberVerified && mayBeTexted ? [...proofs, 'OTP_SMS'] : proofs
}
