/** What stands for a pepper version beside a hash that another system made: such a hash has none. */
export const NO_PEPPER = 0

/** A hash as it is kept: a PHC string, and the version of the pepper it was made with. An imported one keeps its form. */
export type StoredPassword = {
  phc: string
  pepperVersion: number
  /** Whether it is long enough to stand alone whatever the profile; left out where nobody has seen it, as of an imported hash. */
  isLong?: boolean
}
export type PasswordVerdict = { matches: boolean; needsRehash: boolean }

export type PasswordHasher = {
  /** Throws on what `isHashable` refuses: the caller has asked it before. */
  hash(password: string): Promise<StoredPassword>
  /** `null` stands for no account, a locked or a disabled one: the answer is no, at the same cost. */
  verify(password: string, stored: StoredPassword | null): Promise<PasswordVerdict>
}

/** Staff want it to be another, or it may be too short without a second factor. */
export type ChangeReason = 'ADMIN_RESET' | 'TOO_SHORT'

/** `mustChange`: its owner has to choose another, and then `changeReason` says why. */
export type FoundPassword = StoredPassword & { mustChange: boolean; changeReason: ChangeReason }

/** What a person may know of their own password. */
export type PasswordState = {
  isSet: boolean
  changedAt: Date | null
  mustChange: boolean
  knownBreachedAt: Date | null
}

export const NO_PASSWORD: PasswordState = {
  isSet: false,
  changedAt: null,
  mustChange: false,
  knownBreachedAt: null,
}

/**
 * What the domain needs from storage. Each method is one statement, right however many callers race.
 *
 * A credential is stored before its account is. Until the account claims it, it counts for nothing: it is neither
 * found nor shown.
 */
export type CredentialStore = {
  /** Once more for the same id takes the place of the first, but never of a claimed one: that is a CONFLICT. */
  insertUnclaimed(userId: string, stored: StoredPassword): Promise<void>
  /** The same statement whoever is asked about: null stands for nobody. */
  find(userId: string | null): Promise<FoundPassword | null>
  /** Whether somebody's password is long; `unknown` where nobody has seen it since, null where there is none. */
  findLength(userId: string): Promise<'long' | 'short' | 'unknown' | null>
  /** In no order; people without a password are left out. */
  findStates(userIds: readonly string[]): Promise<(PasswordState & { userId: string })[]>
  /** The same password, hashed anew. False where it was changed meanwhile. */
  replaceHash(userId: string, change: { from: string; to: StoredPassword }): Promise<boolean>
  /** Whose credentials no account has claimed in time; the oldest, at most `limit`. */
  listOverdue(limit: number): Promise<string[]>
  /** Claims overdue credentials for accounts that exist and deletes those of accounts that do not. */
  settleOverdue(owners: { existing: string[]; missing: string[] }): Promise<{ settled: number }>
}
