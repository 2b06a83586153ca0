import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { SealedCode } from './ports.js'

/** What a client needs to hand a code in, or to have it sent again. */
export type PhoneChallenge = { challengeId: string; expiresAt: Date; resendAfter: number | null }

export type ChallengeRequest = {
  /** Whose code: somebody about to be made, or who wants a change. */
  userId: string
  purpose: 'PHONE_VERIFICATION' | 'PROFILE_CHANGE'
  changeId: string | null
  phoneNumber: string
}

export type ChallengeRefused = { kind: 'refused'; reason: Problem['code']; retryAfter: number | null }

/**
 * Has otp make a code for a number. The code leaves with what it is for, in one transaction: where that never comes to be,
 * nobody gets it, and the challenge is a decoy.
 */
export type OpenChallenge = (
  request: ChallengeRequest,
  by: Actor,
) => Promise<{ kind: 'opened'; challenge: PhoneChallenge; code: SealedCode } | ChallengeRefused>

export const problemOf = ({ reason, retryAfter }: ChallengeRefused, field: string): Problem => ({
  code: reason,
  field: [field],
  ...(retryAfter !== null && { retryAfter }),
})
