import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jsonFile } from '../shared/env/json-file.js'
import { RolesFile } from './roles-file.js'

const CLERK = { name: 'clerk', description: 'Refunds orders', permissions: ['users:read', 'orders:refund'] }
const setting = jsonFile(RolesFile)

/** What a file with this content is read as: roles, or where its faults are. */
function read(content: unknown) {
  const path = join(mkdtempSync(join(tmpdir(), 'usergraph-roles-')), 'roles.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  const { data, error } = setting.safeParse(path)
  return data ?? error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

test('roles are read with what they allow, and how long who has them is signed in', () => {
  expect(read([CLERK, { ...CLERK, name: 'lead', requiresMfa: true }])).toEqual([
    { ...CLERK, sessionLife: 'LONG', requiresMfa: false },
    { ...CLERK, name: 'lead', sessionLife: 'SHORT', requiresMfa: true },
  ])
})

test('the example of the documentation is one', () => {
  expect(setting.safeParse('deploy/config/roles.example.json').success).toBe(true)
})

test.each([
  ['a built-in role', [{ ...CLERK, name: 'admin' }], '0.name: is the name'],
  ['one role twice', [CLERK, CLERK], '1.name: is the name'],
  ['a name with capitals', [{ ...CLERK, name: 'Clerk' }], '0.name: must be'],
  ['a name that means something else', [{ ...CLERK, name: '__proto__' }], '0.name: must be'],
  [
    'a scope of ours that there is not',
    [{ ...CLERK, permissions: ['users:raed'] }],
    '0.permissions.0: is no scope',
  ],
  ['a scope without a colon', [{ ...CLERK, permissions: ['orders'] }], '0.permissions.0: must be a scope'],
  ['two scopes in one', [{ ...CLERK, permissions: ['a:b c:d'] }], '0.permissions.0: must be a scope'],
  ['no description', [{ ...CLERK, description: ' ' }], '0.description'],
  ['what it does not know', [{ ...CLERK, lifetime: 5 }], '0: '],
  ['no list', { clerk: CLERK }, ': '],
  ['no JSON', 'roles:', ': '],
])('12.1: %s is refused at the start, by its place', (_, content, fault) => {
  expect(read(content)).toEqual([expect.stringContaining(fault)])
})

test('a file that is not there is refused', () => {
  expect(setting.safeParse('/nowhere/roles.json').success).toBe(false)
})

test('4.1: more scopes than a token can hold are refused', () => {
  const many = Array.from({ length: 2 }, (_, role) => ({
    ...{ name: `r${role}`, description: 'x' },
    permissions: Array.from({ length: 50 }, (_, n) => `orders:may-do-thing-${role}-${n}`),
  }))

  expect(read(many)).toEqual([': permissions are too many for a token'])
})
