import type { FirstMethod } from './login-ports.js'
import type { SecondFactor } from './ports.js'

/** What is typed from an app or a list; a text is traded for a grant. */
export type TypedFactor = Exclude<SecondFactor, 'OTP_SMS'>

/** What is asked for after a first proof: a text to one number, and another to the same, are one factor. */
export const secondFactorsAfter = (first: FirstMethod, factors: readonly SecondFactor[]): SecondFactor[] =>
  factors.filter((factor) => factor !== first)
