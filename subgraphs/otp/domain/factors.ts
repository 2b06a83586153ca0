import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readCode } from './code.js'
import type { CheckedMethod, FactorStore, NewRecoveryCodes, TryRefused } from './factor-ports.js'
import { removalProblem, whyKept } from './last-factor.js'

export type Checked = { kind: 'right' } | { kind: 'wrong' } | TryRefused

type Deps = {
  factors: FactorStore
  newEnrollmentId: () => string
  /** Whether their password is good enough without a second factor. */
  mayLoseFactors: (userId: string) => Promise<boolean>
  /** Whether a role of theirs demands a second factor. */
  isFactorDemanded: (userId: string) => Promise<boolean>
  totp: {
    newSecret: () => string
    seal: (secret: string) => Promise<string>
    open: (sealed: string) => Promise<string>
    /** Which step a code is of; null for a wrong one. */
    stepOf: (secret: string, code: string, step: number) => number | null
  }
  recovery: {
    make: () => Promise<{ shown: string[]; kept: NewRecoveryCodes }>
    read: (typed: string) => string | null
    digest: (salt: Uint8Array, code: string) => Promise<Uint8Array>
  }
}

export type TotpConfirmation = {
  userId: string
  enrollmentId: string
  code: string
  /** Only where there is no factor yet. */
  isFirst: boolean
}

type Refused = { kind: 'refused'; problems: Problem[] }

/** A second factor: an authenticator app, and the codes that stand in for it (SECURITY 8.4, 8.5). */
export function makeFactors(deps: Deps) {
  const { factors, totp } = deps

  return {
    /** Says whether a code is the person's, and spends it. A try is counted before anything is compared. */
    check: (userId: string, method: CheckedMethod, typed: string): Promise<Checked> =>
      method === 'TOTP' ? checkTotp(deps, userId, typed) : checkRecovery(deps, userId, typed),

    async beginTotp(userId: string): Promise<{ enrollmentId: string; secret: string }> {
      const secret = totp.newSecret()
      const id = deps.newEnrollmentId()
      await factors.beginEnrollment({ id, userId, sealedSecret: await totp.seal(secret) })
      return { enrollmentId: id, secret }
    },

    /** One right code shows that the app has the secret. The codes are shown here and never again. */
    async confirmTotp(
      { userId, enrollmentId, code: typed, isFirst }: TotpConfirmation,
      by: Actor,
    ): Promise<{ kind: 'enrolled'; recoveryCodes: string[] | null; at: Date } | Refused> {
      const code = readCode(typed)
      if (!code) return refused('INVALID_CODE', 'code')
      const enrollment = { id: enrollmentId, userId }
      const tried = await factors.tryEnrollment(enrollment)
      if (tried.kind === 'refused') return refused(tried.reason, 'enrollmentId')
      const step = totp.stepOf(await totp.open(tried.sealedSecret), code, tried.step)
      if (step === null) return refused('INVALID_CODE', 'code')

      const { shown, kept } = await deps.recovery.make()
      const confirmed = await factors.confirmEnrollment({ ...enrollment, step, isFirst }, kept, by)
      if (!confirmed) return refused('EXPIRED', 'enrollmentId')
      return { kind: 'enrolled', recoveryCodes: confirmed.codesGiven ? shown : null, at: confirmed.at }
    },

    /** Not the last one where it has to stay. */
    async removeTotp(userId: string, by: Actor): Promise<{ kind: 'removed' } | Refused> {
      const { mayLoseFactors, isFactorDemanded } = deps
      const why = await whyKept(userId, { isDemanded: await isFactorDemanded(userId), mayLoseFactors })
      const removal = await factors.removeTotp(userId, { by, keepsLast: why !== null })
      return removal === 'REMOVED' ? { kind: 'removed' } : refused(removalProblem(removal, why))
    },

    async renewRecoveryCodes(
      userId: string,
      by: Actor,
    ): Promise<{ kind: 'renewed'; recoveryCodes: string[] } | Refused> {
      const { shown, kept } = await deps.recovery.make()
      const renewed = await factors.renewRecoveryCodes(userId, kept, by)
      return renewed ? { kind: 'renewed', recoveryCodes: shown } : refused('NOT_ENROLLED')
    },
  }
}

async function checkTotp({ factors, totp }: Deps, userId: string, typed: string): Promise<Checked> {
  const code = readCode(typed)
  if (!code) return { kind: 'wrong' } // cannot be a code of anyone: no try is spent on it
  const tried = await factors.tryTotp(userId)
  if (tried.kind === 'refused') return tried

  const step = totp.stepOf(await totp.open(tried.sealedSecret), code, tried.step)
  const spent = step !== null && (await factors.spendStep(userId, step))
  return { kind: spent ? 'right' : 'wrong' }
}

async function checkRecovery({ factors, recovery }: Deps, userId: string, typed: string): Promise<Checked> {
  const code = recovery.read(typed)
  if (!code) return { kind: 'wrong' }
  const tried = await factors.tryRecovery(userId)
  if (tried.kind === 'refused') return tried

  const spent = await factors.spendRecovery(userId, await recovery.digest(tried.salt, code))
  return { kind: spent ? 'right' : 'wrong' }
}

const refused = (code: Problem['code'], field?: string): Refused => ({
  kind: 'refused',
  problems: [{ code, ...(field && { field: [field] }) }],
})
