import { ROLES, scopesOf } from './roles.js'

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
