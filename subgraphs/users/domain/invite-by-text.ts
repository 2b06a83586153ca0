import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type OpenChallenge, problemOf } from './phone-challenge.js'

/** Null where there are no texts. */
export type InviteByText = {
  openChallenge: OpenChallenge
  /** Whether a text may be sent to a number (SECURITY 8.8). */
  isTextable: (number: string) => boolean
} | null

const FIELD = 'phoneNumber'

/** What stands against an account that is reached by this number alone. */
export const textProblem = (texts: InviteByText, phoneNumber: string): Problem | null =>
  texts?.isTextable(phoneNumber) ? null : { code: 'INVALID_PHONE', field: [FIELD] }

/**
 * An invitation by text is counted as every text to a number that nobody has proved, by otp (SECURITY 8.3, 8.8). The code of
 * the challenge goes nowhere.
 */
export async function countText(
  texts: InviteByText,
  request: { userId: string; phoneNumber: string },
  by: Actor,
): Promise<Problem | null> {
  const problem = textProblem(texts, request.phoneNumber)
  if (!texts || problem) return problem
  const opened = await texts.openChallenge({ ...request, purpose: 'PHONE_VERIFICATION', changeId: null }, by)
  return opened.kind === 'refused' ? problemOf(opened, FIELD) : null
}
