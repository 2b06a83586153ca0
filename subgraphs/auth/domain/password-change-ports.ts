import type { Actor } from '../../shared/audit/act.js'

/** Why their sessions end. */
export type PasswordEnd = 'PASSWORD_RESET' | 'PASSWORD_CHANGE'

/** Somebody's password is another one now: sessions end, but the one that is kept. */
export type PasswordChange = {
  userId: string
  how: 'RESET' | 'CHANGED' | 'SET' | 'REMOVED'
  keptSessionId: string | null
  /** Digest of the ticket of the sign-in that it is part of, base64url: that one goes on too. */
  keptTicket: string | null
}

export type PasswordChangeStore = {
  /** The password was found right by whoever is signed in: failures are forgotten, as at a sign-in. */
  forgive(userId: string): Promise<void>
  /** How many sessions ended; null where this change was heard of before. */
  apply(eventId: string, change: PasswordChange, by: Actor): Promise<number | null>
}
