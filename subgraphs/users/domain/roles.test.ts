import { coversScopes, OWN_SCOPES } from '../../shared/identity/scopes.js'
import { BUILT_IN_ROLES, makeRoles, type Role } from './roles.js'

const CLERK: Role = {
  ...{ name: 'clerk', description: 'Refunds orders', sessionLife: 'SHORT', requiresMfa: true },
  permissions: ['users:read', 'orders:refund'],
}
const roles = makeRoles([CLERK], coversScopes)

test('everyone with an account may do nothing beyond their own', () => {
  expect(roles.scopesOf(['user'])).toEqual([])
})

test('what several roles allow is allowed once', () => {
  const scopes = roles.scopesOf(['support', 'admin', 'clerk', 'support'])

  expect(new Set(scopes).size).toBe(scopes.length)
  const all = ['support', 'admin', 'clerk'].flatMap((name) => roles.describe(name).permissions)
  expect(new Set(scopes)).toEqual(new Set(all))
})

test.each(['owner', '', 'Admin', '__proto__'])('a role that is not known allows nothing: %p', (name) => {
  expect(roles.has(name)).toBe(false)
  expect(roles.scopesOf([name])).toEqual([])
  expect(roles.describe(name)).toEqual({ name, description: null, permissions: [] })
})

test.each([
  [[], 'LONG'],
  [['user'], 'LONG'],
  [['owner'], 'LONG'],
  [['user', 'support'], 'SHORT'],
  [['user', 'clerk'], 'SHORT'],
  [['admin', 'support', 'user'], 'SHORTEST'],
])('5.3: of the roles %p the strictest says how long a session lives: %s', (names, life) => {
  expect(roles.sessionLifeOf(names)).toBe(life)
})

test('5.3: a role that a setting has demand a second factor lets nobody stay as long as one that does not', () => {
  const demanding = makeRoles([], coversScopes, ['user', 'admin'])

  expect(demanding.sessionLifeOf(['user'])).toBe('SHORT')
  expect(demanding.sessionLifeOf(['user', 'admin'])).toBe('SHORTEST')
})

test('8.6: what a role that demands a second factor allows is told apart; a setting has built-in ones demand it', () => {
  const demanding = makeRoles([CLERK], coversScopes, ['support'])

  expect(roles.requireMfa(['user', 'support', 'admin', 'owner'])).toBe(false)
  expect(roles.requireMfa(['user', 'clerk'])).toBe(true)
  expect(roles.scopesWithoutMfaOf(['user', 'clerk'])).toEqual([])
  // Both allow it, and one of them asks for nothing more.
  expect(roles.scopesWithoutMfaOf(['clerk', 'support'])).toContain('users:read')
  expect(demanding.withoutMfa(['user', 'clerk', 'support', 'admin'])).toEqual(['user', 'admin'])
  expect(demanding.requireMfa(['support'])).toBe(true)
  expect(demanding.scopesWithoutMfaOf(['clerk', 'support'])).toEqual([])
  expect(demanding.scopesOf(['support'])).toEqual(roles.scopesOf(['support']))
})

test('a supporter has nothing to say over a clerk who may do more; an administrator has', () => {
  const [support, admin] = [roles.scopesOf(['support']), roles.scopesOf(['admin'])]

  expect(roles.areCoveredBy(support, ['user', 'clerk'])).toBe(false)
  expect(roles.areCoveredBy(admin, ['user', 'clerk'])).toBe(true)
})

test('built-in roles allow only what there is', () => {
  for (const { permissions } of BUILT_IN_ROLES) {
    expect(permissions.filter((scope) => !OWN_SCOPES.includes(scope))).toEqual([])
  }
})
