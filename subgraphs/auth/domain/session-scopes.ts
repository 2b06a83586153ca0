import type { Account, Session } from './ports.js'

type Given = Pick<Account, 'scopes' | 'scopesWithoutMfa' | 'claims' | 'claimsWithoutMfa' | 'factors'>

type Allowed = { scopes: readonly string[]; claims: Record<string, unknown> }

/**
 * What a session may do, and what its token says beside. What comes of a role that demands a second factor is left out until one
 * was shown (SECURITY 8.6), and where there is none any more: the role may have been given since, or the factor taken away. A
 * claim would tell others of the role that the scopes withhold.
 */
export function allowedTo(
  { assurance }: Pick<Session, 'assurance'>,
  { scopes, scopesWithoutMfa = scopes, claims, claimsWithoutMfa = claims, factors }: Given,
): Allowed {
  return assurance === 'AAL1' || factors.length === 0
    ? { scopes: scopesWithoutMfa, claims: claimsWithoutMfa }
    : { scopes, claims }
}
