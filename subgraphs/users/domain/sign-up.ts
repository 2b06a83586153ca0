import type { Problem } from '../../shared/errors/user-error-codes.js'

const MAX_TERMS_VERSION = 64

/** Who may register by themselves, and what they must have agreed to, as the operator set it. */
export type SignUpRules = {
  mode: 'open' | 'invitation' | 'domains'
  /** As A-labels, as in a stored address. */
  domains: readonly string[]
  /** Null where no consent is asked for. */
  termsVersion: string | null
}

/**
 * Why somebody may not register with this address. Decided by what was typed alone, before anything is looked up, so it
 * tells nothing about accounts. A subdomain is another domain: it may be somebody else's to give addresses at.
 */
export function signUpProblem({ mode, domains }: SignUpRules, email: string): Problem | null {
  if (mode === 'invitation') return { code: 'SIGN_UP_CLOSED' }
  if (mode === 'open' || domains.includes(email.slice(email.indexOf('@') + 1))) return null
  return { code: 'SIGN_UP_CLOSED', field: ['email'] }
}

const FIELD = ['acceptedTermsVersion']

/** What somebody agreed to: the terms in force where there are any, else whatever the client says, to be kept. */
export function readTerms(
  { termsVersion }: Pick<SignUpRules, 'termsVersion'>,
  accepted: string | null | undefined,
): { value: string | null } | { problem: Problem } {
  if (termsVersion !== null) {
    if (!accepted) return { problem: { code: 'REQUIRED', field: FIELD } }
    return accepted === termsVersion ? { value: accepted } : { problem: { code: 'INVALID', field: FIELD } }
  }
  if (accepted == null) return { value: null }
  const fits = accepted.length <= MAX_TERMS_VERSION && !/\p{Cc}/u.test(accepted)
  return fits ? { value: accepted } : { problem: { code: 'INVALID', field: FIELD } }
}
