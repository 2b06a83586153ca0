import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { PasswordsEnv, readPasswordsEnv } from './env.js'

const KEY_1 = Buffer.alloc(32, 1).toString('base64url')
const KEY_2 = Buffer.alloc(33, 2).toString('base64url')
const JWK = '{"kty":"OKP"}'

const GOOD = {
  INTERNAL_JWKS: '{"keys":[]}',
  PASSWORDS_DATABASE_URL: 'postgres://localhost/passwords',
  PASSWORDS_PRIVATE_KEY: JWK,
  NOTIFICATIONS_PUBLIC_KEY: JWK,
  PASSWORD_PEPPERS: `1:${KEY_1}`,
}

test('needs no more than a database, keys and a pepper', () => {
  expect(readPasswordsEnv(GOOD)).toMatchObject({
    PASSWORDS_PORT: 4103,
    SUBGRAPH_HOST: '127.0.0.1',
    HASH_PROCESSES: Math.max(1, availableParallelism() - 1),
    PASSWORD_HISTORY: 5,
    ARGON2_MEMORY_KIB: 19_456,
    ARGON2_ITERATIONS: 2,
    PASSWORD_PROFILE: 'asvs-l2',
  })
})

test('the highest version of the pepper is the current one, wherever it stands', () => {
  const { PASSWORD_PEPPERS } = readPasswordsEnv({ ...GOOD, PASSWORD_PEPPERS: `10:${KEY_2}, 9:${KEY_1}` })

  expect(PASSWORD_PEPPERS.current).toBe(10)
  expect(PASSWORD_PEPPERS.keys).toEqual({
    9: new Uint8Array(32).fill(1),
    10: new Uint8Array(33).fill(2),
  })
})

test.each([
  ['a short pepper', { PASSWORD_PEPPERS: `1:${Buffer.alloc(31).toString('base64url')}` }],
  ['a short pepper behind a good one', { PASSWORD_PEPPERS: `1:${KEY_1},2:c2hvcnQ` }],
  ['a placeholder', { PASSWORD_PEPPERS: `1:change-me-${KEY_1}` }],
  ['a pepper without a version', { PASSWORD_PEPPERS: KEY_1 }],
  ['version 0', { PASSWORD_PEPPERS: `0:${KEY_1}` }],
  ['one version twice', { PASSWORD_PEPPERS: `1:${KEY_1},1:${KEY_2}` }],
  ['an empty pepper', { PASSWORD_PEPPERS: '' }],
  ['no pepper', { PASSWORD_PEPPERS: undefined }],
  ['less memory than SECURITY 6.3 asks for', { ARGON2_MEMORY_KIB: '19455' }],
  ['fewer passes than SECURITY 6.3 asks for', { ARGON2_ITERATIONS: '1' }],
  ['an unknown profile', { PASSWORD_PROFILE: 'nist' }],
  ['a current pepper that is no version', { PASSWORD_PEPPER_CURRENT: '0' }],
  ['no process to hash in', { HASH_PROCESSES: '0' }],
  ['a history that would cost dozens of hashes', { PASSWORD_HISTORY: '25' }],
])('does not start with %s, and shows no value (SECURITY 12.1)', (_, change) => {
  const [name = ''] = Object.keys(change)
  const read = () => readPasswordsEnv({ ...GOOD, ...change })

  expect(read).toThrow(name)
  expect(read).not.toThrow(KEY_1)
})

test('the README lists every setting', async () => {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8')

  const missing = Object.keys(PasswordsEnv.shape).filter((name) => !readme.includes(`\`${name}\``))
  expect(missing).toEqual([])
})
