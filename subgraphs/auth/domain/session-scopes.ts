import type { Account, Session } from './ports.js'

/**
 * What a session may do. What a role allows that demands a second factor is left out until one was shown (SECURITY 8.6), and
 * where there is none any more: the role may have been given since, or the factor taken away.
 */
export function scopesOf(
  { assurance }: Pick<Session, 'assurance'>,
  { scopes, scopesWithoutMfa = scopes, factors }: Pick<Account, 'scopes' | 'scopesWithoutMfa' | 'factors'>,
): readonly string[] {
  return assurance === 'AAL1' || factors.length === 0 ? scopesWithoutMfa : scopes
}
