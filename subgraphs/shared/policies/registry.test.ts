import { readdirSync } from 'node:fs'
import { someViewer } from '../test/requests.js'
import { POLICIES, policyNamed } from './registry.js'

test('a name like a scope is held by who holds the scope, whatever else is there', () => {
  const policy = policyNamed('users:read', {})

  expect(policy?.mayHold(someViewer({ scopes: ['users:read'] }), {})).toBe(true)
  expect(policy?.mayHold(someViewer({ scopes: ['users:write'] }), {})).toBe(false)
  expect(policy?.holdsFor).toBeUndefined()
})

test.each(['full-moon', '', 'users:', ':read', 'a: b', 'constructor', 'hasOwnProperty'])(
  'a name that stands for nothing is no policy: %j',
  (name) => {
    expect(policyNamed(name)).toBeNull()
  },
)

test('every policy has a file of its name, a test, and words', () => {
  const files = readdirSync('subgraphs/shared/policies')

  for (const [name, { says }] of Object.entries(POLICIES)) {
    expect(files).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.test.ts`]))
    expect(says).not.toBe('')
  }
})
