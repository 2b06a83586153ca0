import { timingSafeEqual } from 'node:crypto'
import type { Actor } from '../../shared/audit/act.js'
import { boundCode, readCode } from './code.js'
import type { Attempt, Channel, CodeStore, CustomUse, Purpose } from './ports.js'

export type ValidateOtpInput = { challengeId: string; code: string }

export type ValidateOtpResult =
  | { kind: 'valid'; grant: string; expiresAt: Date }
  | {
      kind: 'refused'
      reason: 'INVALID_CODE' | 'EXPIRED' | 'TOO_MANY_ATTEMPTS'
      /** Null when it is not told: the challenge is over, or nothing was tried. */
      attemptsRemaining: number | null
    }

/** What a grant says of the code that was spent for it. */
export type GrantFacts = {
  userId: string
  purpose: Purpose
  /** The way by which the code went; null where an app showed it. */
  channel: Channel | null
  /** Or the enrolment that it was for. */
  challengeId: string
  changeId: string | null
  /** Null for a challenge from before grants were tied to an address. */
  addressDigest: string | null
  /** Digest of the ticket of the sign-in or step-up that it is for. */
  flow: string | null
  custom: CustomUse | null
  spentAt: Date
}

type Deps = {
  codes: Pick<CodeStore, 'countAttempt' | 'spend' | 'fail'>
  isChallengeId: (text: string) => boolean
  digestOf: { code: (text: string) => Uint8Array }
  signGrant: (facts: GrantFacts) => Promise<{ grant: string; expiresAt: Date }>
}

/**
 * Spends a try, then the code.
 *
 * The try is counted before the code is compared, so that guessing in parallel buys no more guesses than guessing
 * in turn (SECURITY 7.3, 8.2).
 */
export function makeValidateOtp(deps: Deps) {
  return async function validateOtp(
    { challengeId, code: typed }: ValidateOtpInput,
    by: Actor,
  ): Promise<ValidateOtpResult> {
    const code = readCode(typed)
    if (!code) return refused('INVALID_CODE', null) // cannot be a code of anyone: no try is spent on it
    if (!deps.isChallengeId(challengeId)) return refused('EXPIRED', null)

    const attempt = await deps.codes.countAttempt(challengeId)
    switch (attempt.kind) {
      case 'refused':
        return refused(attempt.reason, attempt.reason === 'TOO_MANY_ATTEMPTS' ? 0 : null)
      case 'counted':
        return evaluate(deps, { challengeId, code, attempt, by })
    }
  }
}

type Try = ValidateOtpInput & { attempt: Attempt; by: Actor }

async function evaluate(deps: Deps, { challengeId, code, attempt, by }: Try): Promise<ValidateOtpResult> {
  const { userId, purpose, channel, changeId, addressDigest, flow, custom, digest, attemptsRemaining } =
    attempt
  const matches = timingSafeEqual(digest, deps.digestOf.code(boundCode(challengeId, code)))
  // A decoy's code was sent to nobody; whoever guesses it has still proved nothing.
  const act = { action: 'code.spend', subjectId: attempt.subjectId, by, detail: { purpose } } as const
  if (!matches || userId === null) {
    await deps.codes.fail({ ...act, outcome: 'FAILURE' })
    return refused('INVALID_CODE', attemptsRemaining)
  }

  const spent = await deps.codes.spend(challengeId, digest, { ...act, outcome: 'SUCCESS' })
  if (!spent) return refused('EXPIRED', null)
  return {
    kind: 'valid',
    ...(await deps.signGrant({
      ...{ userId, purpose, channel, challengeId, changeId, addressDigest, flow, custom },
      spentAt: spent.spentAt,
    })),
  }
}

const refused = (
  reason: Extract<ValidateOtpResult, { kind: 'refused' }>['reason'],
  attemptsRemaining: number | null,
): ValidateOtpResult => ({ kind: 'refused', reason, attemptsRemaining })
