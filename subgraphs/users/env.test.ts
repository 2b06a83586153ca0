import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsListedIn } from '../shared/test/settings-table.js'
import { readUsersEnv, UsersSettings } from './env.js'

const JWK = '{"kty":"OKP"}'
const GOOD = {
  INTERNAL_JWKS: '{"keys":[]}',
  USERS_DATABASE_URL: 'postgres://localhost/users',
  USERS_PRIVATE_KEY: JWK,
  USERS_KEY: Buffer.alloc(32, 1).toString('base64url'),
  NOTIFICATIONS_PUBLIC_KEY: JWK,
}

test('the README lists every setting and no other', () => {
  const listed = settingsListedIn(new URL('./README.md', import.meta.url))

  expect(listed).toEqual(new Set(Object.keys(UsersSettings.shape)))
})

test('sign-up is open, and asks for no terms, unless set otherwise', () => {
  expect(readUsersEnv(GOOD)).toMatchObject({ SIGN_UP: 'open', SIGN_UP_DOMAINS: [], TERMS_VERSION: '' })
})

test('9.1: domains are read as addresses are, to A-labels in lower case', () => {
  const { SIGN_UP_DOMAINS } = readUsersEnv({
    ...GOOD,
    SIGN_UP: 'domains',
    SIGN_UP_DOMAINS: 'ACME.test, bücher.test',
  })

  expect(SIGN_UP_DOMAINS).toEqual(['acme.test', 'xn--bcher-kva.test'])
})

test.each([
  ['domains without any', { SIGN_UP: 'domains' }],
  ['domains that nobody looks at', { SIGN_UP_DOMAINS: 'acme.test' }],
  ['what is no domain', { SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'acme.test,@acme' }],
  ['a whole top level', { SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'test' }],
])('12.1: %s stops the start', (_, settings) => {
  expect(() => readUsersEnv({ ...GOOD, ...settings })).toThrow('SIGN_UP_DOMAINS')
})

test('8.6: no built-in role demands a second factor unless it is named; what is no such role stops the start', () => {
  expect(readUsersEnv(GOOD).MFA_REQUIRED_ROLES).toEqual([])
  expect(readUsersEnv({ ...GOOD, MFA_REQUIRED_ROLES: 'admin, support' })).toMatchObject({
    MFA_REQUIRED_ROLES: ['admin', 'support'],
  })
  expect(() => readUsersEnv({ ...GOOD, MFA_REQUIRED_ROLES: 'admins' })).toThrow('MFA_REQUIRED_ROLES')
})

test('12.1: a claim of a role or an attribute that there is not stops the start', () => {
  const files = {
    ROLES_FILE: 'deploy/config/roles.example.json',
    ATTRIBUTES_FILE: 'deploy/config/attributes.example.json',
  }
  const CLAIMS_FILE = 'deploy/config/claims.example.json'

  expect(() => readUsersEnv({ ...GOOD, CLAIMS_FILE })).toThrow(
    /CLAIMS_FILE.2.role: is no role[\s\S]*CLAIMS_FILE.3.attribute: is no attribute/,
  )
  expect(readUsersEnv({ ...GOOD, ...files, CLAIMS_FILE }).CLAIMS_FILE).toHaveLength(4)
})

test('12.1: a claim of what its owner may not see stops the start', () => {
  const CLAIMS_FILE = join(mkdtempSync(join(tmpdir(), 'usergraph-claims-')), 'claims.json')
  writeFileSync(CLAIMS_FILE, JSON.stringify([{ claim: 'priority', attribute: 'support:priority' }]))
  const ATTRIBUTES_FILE = 'deploy/config/attributes.example.json'

  expect(() => readUsersEnv({ ...GOOD, ATTRIBUTES_FILE, CLAIMS_FILE })).toThrow('CLAIMS_FILE.0.attribute')
})
