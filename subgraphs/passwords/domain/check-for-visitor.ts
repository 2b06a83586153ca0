import { AppError } from '../../shared/errors/app-error.js'
import type { CheckPassword, PasswordCheck } from './password-policy.js'

const MAX_INPUTS = 20
const MAX_INPUT_LENGTH = 256

/** The check that anyone may ask for, with words of their own choosing: those are bounded before they are read. */
export function makeCheckForVisitor(check: CheckPassword) {
  return async function checkForVisitor(candidate: {
    password: string
    userInputs: readonly string[]
  }): Promise<PasswordCheck> {
    const { password, userInputs } = candidate
    const isTooMuch =
      userInputs.length > MAX_INPUTS || userInputs.some((input) => input.length > MAX_INPUT_LENGTH)
    if (isTooMuch) throw new AppError('BAD_USER_INPUT', { field: 'userInputs' })

    return check({ password, identity: userInputs })
  }
}
