/** What may be done in this graph, by name of a scope. Other teams' scopes have other words before the colon. */
export const OWN_SCOPES: readonly string[] = [
  ...['users:read', 'users:write', 'users:delete', 'users:impersonate', 'users:import', 'users:export'],
  ...['sessions:write', 'roles:write', 'audit:read', 'keys:write', 'mfa:reset'],
  ...['clients:read', 'clients:write'],
  ...['notifications:read', 'notifications:send', 'notifications:write'],
]

const OWN_WORDS = new Set(OWN_SCOPES.map(wordOf))

/** Whether a scope is one of this graph's, or made up in its words. */
export const isOwnScope = (scope: string): boolean => OWN_WORDS.has(wordOf(scope))

function wordOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'))
}

/**
 * Whether someone with the one set of scopes may act on someone with the other, or give it: nobody who may do more.
 *
 * Other teams' scopes count for everyone but a holder of `roles:write`. It is for them to say who has which, though they
 * need not be able to refund an order themselves; a supporter who reset the address of someone who can would gain it.
 */
export function coversScopes(held: readonly string[], others: readonly string[]): boolean {
  const counted = held.includes('roles:write') ? others.filter(isOwnScope) : others
  return counted.every((scope) => held.includes(scope))
}
