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

test('12.1: a claim of a role that there is not stops the start', () => {
  const CLAIMS_FILE = 'deploy/config/claims.example.json'

  expect(() => readUsersEnv({ ...GOOD, CLAIMS_FILE })).toThrow('CLAIMS_FILE.2.role: is no role')
  expect(
    readUsersEnv({ ...GOOD, CLAIMS_FILE, ROLES_FILE: 'deploy/config/roles.example.json' }).CLAIMS_FILE,
  ).toHaveLength(3)
})
