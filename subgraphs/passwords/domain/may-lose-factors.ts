import type { PasswordPolicy } from './password-policy.js'
import type { CredentialStore } from './ports.js'

type Deps = {
  policy: Pick<PasswordPolicy, 'minLength' | 'minLengthWithSecondFactor'>
  credentials: Pick<CredentialStore, 'findLength'>
}

/**
 * Whether somebody's password may stand alone: with a second factor beside it a shorter one will do, and goes on being that
 * short when the factor is taken away (SECURITY 6.1). A password that nobody has seen since it was stored may be a short one.
 */
export function makeMayLoseFactors({ policy, credentials }: Deps) {
  return async function mayLoseFactors(userId: string): Promise<boolean> {
    if (policy.minLengthWithSecondFactor >= policy.minLength) return true
    const length = await credentials.findLength(userId)
    return length === null || length === 'long'
  }
}
