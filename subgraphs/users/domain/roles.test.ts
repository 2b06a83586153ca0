import { ROLES, scopesOf, sessionLifeOf } from './roles.js'

test('everyone with an account may do nothing beyond their own', () => {
  expect(scopesOf(['user'])).toEqual([])
})

test('what several roles allow is allowed once', () => {
  const scopes = scopesOf(['support', 'admin', 'support'])

  expect(new Set(scopes).size).toBe(scopes.length)
  const all = ['support', 'admin'].flatMap((role) => ROLES[role]?.permissions ?? [])
  expect(new Set(scopes)).toEqual(new Set(all))
})

test.each(['owner', '', 'Admin'])('a role that is not known allows nothing: %p', (role) => {
  expect(scopesOf([role])).toEqual([])
})

test.each([
  [[], 'LONG'],
  [['user'], 'LONG'],
  [['owner'], 'LONG'],
  [['user', 'support'], 'SHORT'],
  [['admin', 'support', 'user'], 'SHORTEST'],
])('5.3: of the roles %p the strictest says how long a session lives: %s', (roles, life) => {
  expect(sessionLifeOf(roles)).toBe(life)
})
