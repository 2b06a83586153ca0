import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { CheckPassword, PasswordReason } from './password-policy.js'
import type { PasswordHasher, StoredPassword } from './ports.js'
import type { PasswordHistory } from './recovery-ports.js'

export type ChosenPassword =
  | { kind: 'chosen'; stored: StoredPassword }
  | { kind: 'refused'; problems: (Problem & { code: ChoiceRefusal })[] }

export type ChoiceRefusal = PasswordReason | 'PASSWORD_REUSED' | 'REQUIRED'

export type ChooseDeps = {
  check: CheckPassword
  hasher: PasswordHasher
  history: PasswordHistory
  /** Where a shorter one will do then (SECURITY 6.1). */
  hasSecondFactor: (userId: string) => Promise<boolean>
}

type Choice = { userId: string; password: string; identity: readonly string[] }

/** A new password of somebody who has an account: not one the policy refuses, nor one they had lately. Stored by the caller. */
export function makeChoosePassword({ check, hasher, history, hasSecondFactor }: ChooseDeps) {
  /** One hash after another: a person who chooses takes no more of the queue than one who signs in (SECURITY 6.4). */
  async function wasUsed({ userId, password }: Choice): Promise<boolean> {
    for (const stored of await history.listUsed(userId)) {
      const { matches } = await hasher.verify(password, stored)
      if (matches) return true
    }
    return false
  }

  return async function choosePassword(choice: Choice): Promise<ChosenPassword> {
    const { userId, password, identity } = choice
    if (password === '') return refused('REQUIRED')
    const { acceptable, reasons } = await check({
      ...{ password, identity, hasSecondFactor: await hasSecondFactor(userId) },
    })
    if (!acceptable) return refused(...reasons)
    if (await wasUsed(choice)) return refused('PASSWORD_REUSED')
    return { kind: 'chosen', stored: await hasher.hash(password) }
  }
}

const refused = (...codes: ChoiceRefusal[]): ChosenPassword => ({
  kind: 'refused',
  problems: codes.map((code) => ({ code, field: ['newPassword'] })),
})
