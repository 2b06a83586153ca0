import type { Actor } from '../../shared/audit/act.js'
import type { StoredPassword } from './ports.js'
import type { PasswordChange } from './recovery-ports.js'

/** By whom, in which session or by which ticket of a sign-in; that one goes on. */
export type NewPassword = {
  userId: string
  sessionId: string | null
  keptTicket: string | null
  stored: StoredPassword
  by: Actor
}

export type ChangeStore = {
  /** Null where the password is not the one any more that was compared with; of many callers one changes it. */
  change(password: NewPassword & { from: string }): Promise<PasswordChange | null>
  /** Null where the account has a password; of many callers one sets it. */
  set(password: NewPassword): Promise<PasswordChange | null>
  /** Null where there is none; of many callers one removes it. It may not come back as long as those before it. */
  remove(owner: Omit<NewPassword, 'stored'>): Promise<PasswordChange | null>
  /** Its owner has to choose another at the next sign-in. False where there is no password. */
  requireChange(userId: string, required: { reason: string | null; by: Actor }): Promise<boolean>
}
