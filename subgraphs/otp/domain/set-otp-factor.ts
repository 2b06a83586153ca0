import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { FactorStore, NewRecoveryCodes } from './factor-ports.js'
import { removalProblem, whyKept } from './last-factor.js'

export type SetOtpFactorInput = { kind: 'TOTP' | 'SMS'; enabled: boolean }

export type SetOtpFactorResult =
  | { kind: 'set'; recoveryCodes: string[] | null }
  | { kind: 'refused'; problems: Problem[] }

type Own = {
  phoneNumber: string | null
  phoneNumberVerified: boolean
  /** A role of theirs demands a second factor. */
  requiresMfa: boolean
}

type Deps = {
  factors: Pick<FactorStore, 'enrolSms' | 'removeSms'>
  findOwn: (userId: string) => Promise<Own | null>
  /** Whether their password is good enough without a second factor. */
  mayLoseFactors: (userId: string) => Promise<boolean>
  sms: { isOn: boolean; isTextable: (number: string) => boolean }
  /** What of a number is kept: under what its texts are counted, and what is shown of it. */
  keptOf: (number: string) => { digest: Uint8Array; masked: string }
  recovery: { make: () => Promise<{ shown: string[]; kept: NewRecoveryCodes }> }
}

/**
 * Has texts asked for as second factor, or no more (SECURITY 8.6).
 *
 * They go to the number that is in force and proved when they are enrolled. Another number takes its place only where its
 * owner changes to it, which takes the strongest factor that there is: whoever may set somebody's number does not get their
 * codes. Where the number is another one the factor stays, and a recovery code is the way in.
 */
export function makeSetOtpFactor(deps: Deps) {
  return async function setOtpFactor(
    userId: string,
    { kind, enabled }: SetOtpFactorInput,
    by: Actor,
  ): Promise<SetOtpFactorResult> {
    // An app has a secret to be shown, and is enrolled and taken away by ways of its own.
    if (kind === 'TOTP') return refused('INVALID')
    return enabled ? enable(deps, userId, by) : disable(deps, userId, by)
  }
}

async function enable(deps: Deps, userId: string, by: Actor): Promise<SetOtpFactorResult> {
  if (!deps.sms.isOn) return refused('INVALID')
  const own = await deps.findOwn(userId)
  if (!own?.phoneNumber || !own.phoneNumberVerified) return refused('VERIFICATION_REQUIRED')
  if (!deps.sms.isTextable(own.phoneNumber)) return refused('INVALID_PHONE')

  const { shown, kept } = await deps.recovery.make()
  const number = deps.keptOf(own.phoneNumber)
  const { codesGiven } = await deps.factors.enrolSms(userId, number, { codes: kept, by })
  return { kind: 'set', recoveryCodes: codesGiven ? shown : null }
}

async function disable(
  { factors, findOwn, mayLoseFactors }: Deps,
  userId: string,
  by: Actor,
): Promise<SetOtpFactorResult> {
  const own = await findOwn(userId)
  const why = await whyKept(userId, { isDemanded: own?.requiresMfa === true, mayLoseFactors })
  const removal = await factors.removeSms(userId, { by, keepsLast: why !== null })
  return removal === 'REMOVED' ? { kind: 'set', recoveryCodes: null } : refused(removalProblem(removal, why))
}

const refused = (code: Problem['code']): SetOtpFactorResult => ({
  kind: 'refused',
  problems: [{ code, field: ['kind'] }],
})
