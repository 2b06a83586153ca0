import { coversScopes, isOwnScope, OWN_SCOPES } from './scopes.js'

const ADMIN = ['users:read', 'users:write', 'roles:write']

test('what is made up in our own words is ours, and nothing else is', () => {
  for (const scope of [...OWN_SCOPES, 'users:raed']) expect(isOwnScope(scope)).toBe(true)
  for (const scope of ['orders:read', 'user:read', 'users', '', '__proto__:x'])
    expect(isOwnScope(scope)).toBe(false)
})

test.each([
  ['nothing is covered by nothing', [], [], true],
  ['who may as much', ['users:read'], ['users:read'], true],
  ['who may more', ['users:read'], ['users:read', 'sessions:write'], false],
  ["another team's scope counts", ['users:read', 'users:write'], ['orders:refund'], false],
  ['but not for who says who has it', ADMIN, ['users:read', 'orders:refund'], true],
  ['and it is no way around ours', ADMIN, ['orders:refund', 'keys:write'], false],
])('%s', (_, held, others, covered) => {
  expect(coversScopes(held, others)).toBe(covered)
})
