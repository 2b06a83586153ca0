import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type ChallengeRefused, problemOf } from './phone-challenge.js'

/** Null where there are no texts. */
export type InviteByText = {
  /** Counts it with every text to a number that nobody has proved, by who has it sent. */
  countText: (phoneNumber: string, by: Actor) => Promise<{ kind: 'counted' } | ChallengeRefused>
  /** Whether a text may be sent to a number (SECURITY 8.8). */
  isTextable: (number: string) => boolean
} | null

const FIELD = 'phoneNumber'

/** What stands against an account that is reached by this number alone. */
export const textProblem = (texts: InviteByText, phoneNumber: string): Problem | null =>
  texts?.isTextable(phoneNumber) ? null : { code: 'INVALID_PHONE', field: [FIELD] }

/** An invitation by text is counted as every text to a number that nobody has proved, by otp (SECURITY 8.3, 8.8). */
export async function countText(
  texts: InviteByText,
  phoneNumber: string,
  by: Actor,
): Promise<Problem | null> {
  const problem = textProblem(texts, phoneNumber)
  if (!texts || problem) return problem
  const counted = await texts.countText(phoneNumber, by)
  return counted.kind === 'refused' ? problemOf(counted, FIELD) : null
}
