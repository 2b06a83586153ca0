import type { IsCommonPassword } from './common-passwords.js'
import { ESTIMATED_CHARACTERS, type EstimateStrength, type Strength } from './estimate-strength.js'
import { identityWords, lengthWithout } from './identity-words.js'
import {
  countCodePoints,
  isWithin,
  LONG_CODE_POINTS,
  MAX_BYTES,
  MAX_CODE_POINTS,
  normalizePassword,
} from './password-text.js'
import { isSequence } from './sequences.js'

export type PasswordPolicy = {
  minLength: number
  /** Where a password alone opens nothing, fewer characters will do. */
  minLengthWithSecondFactor: number
  maxLength: number
  maxBytes: number
  /** How many former passwords may not come back; 0 keeps none. */
  historySize: number
  /** Whether an online service is asked as well. */
  breachCheck: boolean
}

export const DEFAULT_POLICY: PasswordPolicy = {
  minLength: 8,
  minLengthWithSecondFactor: 8,
  maxLength: MAX_CODE_POINTS,
  maxBytes: MAX_BYTES,
  historySize: 0,
  breachCheck: false,
}

/** What an operator may choose (SECURITY 6.1): the default is OWASP's, with its list of common values. */
export const POLICIES = {
  'asvs-l2': DEFAULT_POLICY,
  'nist-800-63b-4': { ...DEFAULT_POLICY, minLength: LONG_CODE_POINTS },
} satisfies Record<string, PasswordPolicy>

const REASONS = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_COMMON',
  'PASSWORD_CONTAINS_IDENTITY',
  'PASSWORD_PREDICTABLE',
] as const

export type PasswordReason = (typeof REASONS)[number]

export type PasswordCheck = {
  acceptable: boolean
  score: Strength['score']
  reasons: PasswordReason[]
  suggestions: string[]
}

export type PasswordCandidate = {
  password: string
  /** The person's e-mail address, name and username, as they are. */
  identity?: readonly string[] | undefined
  /** Whether the account has an active one. Left out where nobody knows, which asks for the greater length. */
  hasSecondFactor?: boolean | undefined
}

export type CheckPassword = (candidate: PasswordCandidate) => Promise<PasswordCheck>

type Deps = {
  policy: PasswordPolicy
  estimate: EstimateStrength
  isCommon: IsCommonPassword
  /** Words of the product and the operator; a password that is little more counts as common. */
  productWords?: readonly string[]
}

/** Own words may occur in a password, if this much else does too (SECURITY 6.2). */
const MIN_WITHOUT_WORDS = 8

/**
 * Says whether a password may be set, and every reason why not.
 *
 * There are deliberately no rules of composition, and nothing is trimmed (SECURITY 6.1).
 */
export function makeCheckPassword({ policy, estimate, isCommon, productWords = [] }: Deps): CheckPassword {
  const ownWords = identityWords(productWords)

  return async function checkPassword({ password: raw, identity = [], hasSecondFactor = false }) {
    if (!isWithin(raw, policy)) return refusedUnread(policy)
    const minLength = hasSecondFactor ? policy.minLengthWithSecondFactor : policy.minLength
    const password = normalizePassword(raw)
    const words = identityWords(identity)
    const strength = await estimate(
      password,
      [...words, ...ownWords].map((word) => word.toLowerCase()),
    )

    const faults: Record<PasswordReason, boolean> = {
      PASSWORD_TOO_SHORT: countCodePoints(password) < minLength,
      PASSWORD_TOO_LONG: false,
      PASSWORD_COMMON: (await isCommon(password)) || isMostly(password, ownWords),
      PASSWORD_CONTAINS_IDENTITY: isMostly(password, words),
      PASSWORD_PREDICTABLE: isSequence(password),
    }
    const reasons = REASONS.filter((reason) => faults[reason])
    if (isGuessedAtOnce(password, strength, reasons)) reasons.push('PASSWORD_PREDICTABLE')

    return {
      acceptable: reasons.length === 0,
      score: strength.score,
      reasons,
      suggestions: [
        ...reasons.map((reason) => advice(reason, { ...policy, minLength })),
        ...strength.suggestions,
      ],
    }
  }
}

/** Too long to be worth reading: no estimate is made of it. */
function refusedUnread(policy: PasswordPolicy): PasswordCheck {
  const reasons: PasswordReason[] = ['PASSWORD_TOO_LONG']
  return { acceptable: false, score: 0, reasons, suggestions: [advice('PASSWORD_TOO_LONG', policy)] }
}

function isMostly(password: string, words: readonly string[]): boolean {
  const rest = lengthWithout(password, words)
  return rest !== null && rest < MIN_WITHOUT_WORDS
}

/**
 * Repeated words and the like, which fall within a thousand guesses.
 *
 * A better reason goes before; and where the estimate saw only the beginning, it cannot condemn the whole.
 */
function isGuessedAtOnce(password: string, { score }: Strength, reasons: PasswordReason[]): boolean {
  return score === 0 && reasons.length === 0 && password.length <= ESTIMATED_CHARACTERS
}

function advice(reason: PasswordReason, { minLength, maxLength }: PasswordPolicy): string {
  switch (reason) {
    case 'PASSWORD_TOO_SHORT':
      return `Use at least ${minLength} characters.`
    case 'PASSWORD_TOO_LONG':
      return `Use at most ${maxLength} characters.`
    case 'PASSWORD_COMMON':
      return 'Many people use this password; choose another.'
    case 'PASSWORD_CONTAINS_IDENTITY':
      return 'Do not build it from your name or address.'
    case 'PASSWORD_PREDICTABLE':
      return 'Avoid repetitions, counting and neighbouring keys.'
  }
}
