import type { Actor } from '../../shared/audit/act.js'
import type { StoredPassword } from './ports.js'

/** What users says of an account, as far as it matters here. */
export type Account = {
  id: string
  status: string
  /** Some identifier of it was proved at least once; else it is only a claim. */
  everVerified: boolean
  email: string | null
  emailVerified: boolean
  phoneNumber: string | null
  phoneNumberVerified: boolean
  displayName: string | null
  otherNames: string[]
  /** What their roles allow. */
  scopes: string[]
}

/** A link about to be mailed: its digest stays here, its token leaves sealed. */
export type NewResetLink = {
  digest: Uint8Array
  /** Ties the link to the address that it goes to. */
  address: string
  sealedToken: string
  resetUrl: string
}

/** Whose link it is; null for a stranger, for whom the same is done and nothing is sent. */
export type ResetRequest = { userId: string | null; link: NewResetLink; by: Actor }

export type ResetLinkFound =
  | { kind: 'found'; userId: string; address: string }
  | { kind: 'refused'; reason: 'EXPIRED' | 'ALREADY_USED' }

/** Told to users of a never-verified account, whose address the link has proved. */
export type AddressProof = { proofId: string; userId: string; address: string }

/** What a reset is done by: a mailed link, or the grant of a code. Either is spent, and worth nothing once the password has changed since. */
export type ResetMeans =
  | { by: 'LINK'; digest: Uint8Array }
  | { by: 'OTP'; userId: string; jti: string; issuedAt: Date; expiresAt: Date }

export type PasswordReset = {
  means: ResetMeans
  stored: StoredPassword
  proof: AddressProof | null
  by: Actor
}

/** A change as auth is told of it; `eventId` is that of the event that tells the same. */
export type PasswordChange = {
  eventId: string
  userId: string
  how: 'RESET' | 'CHANGED' | 'SET' | 'REMOVED'
  /** The session of who changed it. */
  keptSessionId: string | null
  /** Digest of the ticket of the sign-in that asked for it. */
  keptTicket: string | null
}

export type PasswordResetDone =
  | { kind: 'done'; change: PasswordChange }
  | { kind: 'refused'; reason: 'EXPIRED' | 'ALREADY_USED' }

export type ResetStore = {
  /**
   * Puts a link in the place of the one before and has it mailed, unless that was done too lately or too often. One
   * statement for everyone; how it went nobody learns but the audit log.
   */
  request(request: ResetRequest): Promise<void>
  /** Tells the audit log of a code that was asked for; the same statement whether or not it went to somebody. */
  recordCode(requested: { userId: string | null; by: Actor }): Promise<void>
  find(digest: Uint8Array): Promise<ResetLinkFound>
  /** Spends the link, or the grant, and puts the password in force, in one transaction; of many callers one does. */
  complete(reset: PasswordReset): Promise<PasswordResetDone>
  /** Forgets links that have been over for a while. */
  deleteOld(): Promise<void>
}

/** What of a person's passwords must not come back, the one in force among it. Nothing where nothing is kept. */
export type PasswordHistory = { listUsed(userId: string): Promise<StoredPassword[]> }
