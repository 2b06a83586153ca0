import type { ChangeReason, CredentialStore, PasswordHasher } from './ports.js'

/** Only who knows the password learns that it has to be another. */
export type Verified = { matches: boolean; mustChange: boolean; changeReason?: ChangeReason }

/** `phc` is the hash the password was found right against. */
export type Rehash = { userId: string; password: string; phc: string }

type Deps = {
  credentials: Pick<CredentialStore, 'find'>
  hasher: Pick<PasswordHasher, 'verify'>
  /** Begins when the answer is on its way; it may fail without anyone waiting for it. */
  rehashLater: (rehash: Rehash) => void
}

/**
 * Says whether a password is someone's.
 *
 * One statement and one hash, whoever is asked about (SECURITY 6.4, 7.4): there is no way out of here before the
 * hash, and nothing after it that takes time.
 */
export function makeVerifyPassword({ credentials, hasher, rehashLater }: Deps) {
  return async function verifyPassword(claim: {
    userId: string | null
    password: string
  }): Promise<Verified> {
    const { userId, password } = claim
    const stored = await credentials.find(userId)
    const { matches, needsRehash } = await hasher.verify(password, stored)

    if (needsRehash && userId && stored) rehashLater({ userId, password, phc: stored.phc })
    return matches && stored?.mustChange
      ? { matches, mustChange: true, changeReason: stored.changeReason }
      : { matches, mustChange: false }
  }
}
