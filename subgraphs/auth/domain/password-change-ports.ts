import type { Actor } from '../../shared/audit/act.js'

/** Why their sessions end. */
export type PasswordEnd = 'PASSWORD_RESET' | 'PASSWORD_CHANGE'

/** Somebody's password is another one now: sessions end, but the one that is kept. */
export type PasswordChange = {
  userId: string
  how: 'RESET' | 'CHANGED' | 'SET' | 'REMOVED'
  keptSessionId: string | null
}

export type PasswordChangeStore = {
  /** How many sessions ended; null where this change was heard of before. */
  apply(eventId: string, change: PasswordChange, by: Actor): Promise<number | null>
}
