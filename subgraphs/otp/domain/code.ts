import { CODE } from '../limits.js'
import type { Purpose } from './ports.js'

const PATTERN = new RegExp(`^(?:\\d{${CODE.digits}}|\\d{${CODE.recoveryDigits}})$`)
const MAX_TYPED = 32

/** A code as people type it, in groups or full-width digits, in its one form; null when it cannot be one. */
export function readCode(typed: string): string | null {
  if (typed.length > MAX_TYPED) return null
  const code = typed.normalize('NFKC').replace(/[\s-]/g, '')
  return PATTERN.test(code) ? code : null
}

/** A password that is set with a code takes a longer one (SECURITY 8.1). */
export const digitsOf = (purpose: Purpose | null): number =>
  purpose === 'PASSWORD_RESET' ? CODE.recoveryDigits : CODE.digits

/** What a stored digest is made of: a code is worth nothing for any other challenge. */
export const boundCode = (challengeId: string, code: string): string => `${challengeId}:${code}`
