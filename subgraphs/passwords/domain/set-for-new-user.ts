import type { CheckPassword, PasswordReason } from './password-policy.js'
import type { CredentialStore, PasswordHasher } from './ports.js'

export type SetForNewUserResult = { kind: 'set' } | { kind: 'refused'; reasons: PasswordReason[] }

type Deps = {
  check: CheckPassword
  hasher: Pick<PasswordHasher, 'hash'>
  credentials: Pick<CredentialStore, 'insertUnclaimed'>
}

/** Stores the password of an account that is about to be made. What the policy refuses is never hashed. */
export function makeSetForNewUser({ check, hasher, credentials }: Deps) {
  return async function setForNewUser(candidate: {
    userId: string
    password: string
    identity: readonly string[]
  }): Promise<SetForNewUserResult> {
    const { userId, password, identity } = candidate
    const { acceptable, reasons } = await check({ password, identity })
    if (!acceptable) return { kind: 'refused', reasons }

    await credentials.insertUnclaimed(userId, await hasher.hash(password))
    return { kind: 'set' }
  }
}
