import type { Account, Session } from './ports.js'
import { scopesOf } from './session-scopes.js'

const CLERK: Pick<Account, 'scopes' | 'scopesWithoutMfa' | 'factors'> = {
  ...{ scopes: ['users:read', 'orders:refund'], scopesWithoutMfa: ['users:read'] },
  factors: ['TOTP', 'RECOVERY_CODE'],
}

test.each<[string, Session['assurance'], Partial<typeof CLERK>, string[]]>([
  ['a session that has shown the factor', 'AAL2', {}, ['users:read', 'orders:refund']],
  ['one that has not', 'AAL1', {}, ['users:read']],
  ['one that showed a factor that was taken away since', 'AAL2', { factors: [] }, ['users:read']],
  ['one of who never had any', 'AAL1', { factors: [] }, ['users:read']],
  [
    'one of whom no role demands it',
    'AAL1',
    { scopesWithoutMfa: ['users:read', 'orders:refund'] },
    ['users:read', 'orders:refund'],
  ],
])('8.6: %s may do what is left without it', (_, assurance, account, scopes) => {
  expect(scopesOf({ assurance }, { ...CLERK, ...account })).toEqual(scopes)
})

test('where users does not say, nothing is left out', () => {
  const { scopesWithoutMfa: _, ...account } = CLERK

  expect(scopesOf({ assurance: 'AAL1' }, account)).toEqual(CLERK.scopes)
})
