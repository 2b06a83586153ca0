import type { Account, Session } from './ports.js'
import { allowedTo } from './session-scopes.js'

const CLERK: Pick<Account, 'scopes' | 'scopesWithoutMfa' | 'claims' | 'claimsWithoutMfa' | 'factors'> = {
  ...{ scopes: ['users:read', 'orders:refund'], scopesWithoutMfa: ['users:read'] },
  ...{ claims: { clerk: true }, claimsWithoutMfa: { clerk: false } },
  factors: ['TOTP', 'RECOVERY_CODE'],
}

test.each<[string, Session['assurance'], Partial<typeof CLERK>, string[], boolean]>([
  ['a session that has shown the factor', 'AAL2', {}, ['users:read', 'orders:refund'], true],
  ['one that has not', 'AAL1', {}, ['users:read'], false],
  ['one that showed a factor that was taken away since', 'AAL2', { factors: [] }, ['users:read'], false],
  ['one of who never had any', 'AAL1', { factors: [] }, ['users:read'], false],
  [
    'one of whom no role demands it',
    'AAL1',
    { scopesWithoutMfa: ['users:read', 'orders:refund'], claimsWithoutMfa: { clerk: true } },
    ['users:read', 'orders:refund'],
    true,
  ],
])(
  '8.6: %s may do what is left without it, and its token says no more',
  (_, assurance, account, scopes, clerk) => {
    expect(allowedTo({ assurance }, { ...CLERK, ...account })).toEqual({ scopes, claims: { clerk } })
  },
)

test('where users does not say, nothing is left out', () => {
  const { scopesWithoutMfa: _, claimsWithoutMfa: __, ...account } = CLERK

  expect(allowedTo({ assurance: 'AAL1' }, account)).toEqual({ scopes: CLERK.scopes, claims: CLERK.claims })
})
