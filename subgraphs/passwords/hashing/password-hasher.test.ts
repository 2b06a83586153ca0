import { NO_PEPPER } from '../domain/ports.js'
import { MINIMUM_PARAMS } from './hash-params.js'
import { createHashPool, type HashPool } from './hash-pool.js'
import { createPasswordHasher } from './password-hasher.js'

const OLD_PEPPER = new Uint8Array(32).fill(1)
const NEW_PEPPER = new Uint8Array(32).fill(2)
const MATCHES = { matches: true, needsRehash: false }
const WRONG = { matches: false, needsRehash: false }

let hashes = 0
let pool: HashPool

beforeAll(() => {
  pool = createHashPool({ size: 2, maxWaitMs: 30_000, onHash: () => (hashes += 1) })
})
beforeEach(() => {
  hashes = 0
})
afterAll(() => pool.stop())

function hasherWith(settings: Partial<Parameters<typeof createPasswordHasher>[0]> = {}) {
  return createPasswordHasher({ pool, peppers: { 1: OLD_PEPPER }, currentPepper: 1, ...settings })
}

test('verifies what it hashed, and nothing else', async () => {
  const hasher = hasherWith()
  const stored = await hasher.hash('correct horse')

  expect(stored.pepperVersion).toBe(1)
  expect(await hasher.verify('correct horse', stored)).toEqual(MATCHES)
  expect(await hasher.verify('correct horse ', stored)).toEqual(WRONG)
  expect(await hasher.verify('Correct horse', stored)).toEqual(WRONG)
})

test('matches canonically equal input', async () => {
  const hasher = hasherWith()
  const stored = await hasher.hash('Zo\u00EB am Fluss')

  expect(await hasher.verify('Zoe\u0308 am Fluss', stored)).toEqual(MATCHES)
})

test('fails under another pepper', async () => {
  const stored = await hasherWith().hash('correct horse')

  const thief = hasherWith({ peppers: { 1: NEW_PEPPER } })

  expect(await thief.verify('correct horse', stored)).toEqual(WRONG)
})

test('verifies under an old pepper and asks for a rehash, but not for a wrong password', async () => {
  const stored = await hasherWith().hash('correct horse')

  const rotated = hasherWith({ peppers: { 1: OLD_PEPPER, 2: NEW_PEPPER }, currentPepper: 2 })

  expect(await rotated.verify('correct horse', stored)).toEqual({ matches: true, needsRehash: true })
  expect(await rotated.verify('wrong horse', stored)).toEqual(WRONG)
  expect(await rotated.verify('correct horse', await rotated.hash('correct horse'))).toEqual(MATCHES)
})

test.each([
  ['memory', { memoryKib: 19_457 }],
  ['iterations', { iterations: 3 }],
])('asks for a rehash when %s grew, and never to make a hash cheaper', async (_, change) => {
  const today = hasherWith()
  const tomorrow = hasherWith({ params: { ...MINIMUM_PARAMS, ...change } })

  expect(await tomorrow.verify('correct horse', await today.hash('correct horse'))).toEqual({
    matches: true,
    needsRehash: true,
  })
  expect(await today.verify('correct horse', await tomorrow.hash('correct horse'))).toEqual(MATCHES)
})

test.each([
  ['a right password', 'correct horse', true],
  ['a wrong password', 'wrong horse', true],
  ['no account', 'correct horse', false],
  ['over-long input', 'x'.repeat(50_000), true],
  ['over-long input without an account', 'x'.repeat(50_000), false],
])('a sign-in with %s costs exactly one hash', async (_, password, hasAccount) => {
  const hasher = hasherWith()
  const stored = await hasher.hash('correct horse')
  hashes = 0

  await hasher.verify(password, hasAccount ? stored : null)

  expect(hashes).toBe(1)
})

test.each([
  ['no account', 'correct horse', null],
  ['over-long input', 'x'.repeat(257), { phc: 'never looked at', pepperVersion: 1 }],
])(
  'spends on %s what it spends on a real one: fixed input, the same parameters',
  async (_, password, stored) => {
    const verified: [phc: string, secret: Uint8Array][] = []
    const spy: Pick<HashPool, 'hash' | 'verify' | 'verifyLegacy'> = {
      ...pool,
      verify: async (...job) => verified.push(job) > 0, // says yes to anything
    }
    const hasher = hasherWith({ pool: spy, params: { memoryKib: 20_000, iterations: 4, parallelism: 1 } })

    expect(await hasher.verify(password, stored)).toEqual(WRONG)
    expect(await hasher.verify(`${password}x`, stored)).toEqual(WRONG)

    const [first, second] = verified
    expect(first?.[0]).toMatch(/^\$argon2id\$v=19\$m=20000,t=4,p=1\$.{22}\$.{43}$/)
    expect(second).toEqual(first)
  },
)

test('never hashes over-long input, nor takes its beginning for the whole', async () => {
  const hasher = hasherWith()
  const longest = 'x'.repeat(256)
  const stored = await hasher.hash(longest)

  await expect(hasher.hash(`${longest}x`)).rejects.toThrow(RangeError)
  expect(await hasher.verify(longest, stored)).toEqual(MATCHES)
  expect(await hasher.verify(`${longest}x`, stored)).toEqual(WRONG)
})

test.each([
  ['less memory', { params: { ...MINIMUM_PARAMS, memoryKib: 19_455 } }],
  ['one pass', { params: { ...MINIMUM_PARAMS, iterations: 1 } }],
  ['no lane', { params: { ...MINIMUM_PARAMS, parallelism: 0 } }],
  ['memory that is no number', { params: { ...MINIMUM_PARAMS, memoryKib: Number.NaN } }],
  ['a short pepper', { peppers: { 1: new Uint8Array(31) } }],
  ['no current pepper', { currentPepper: 2 }],
])('does not start with %s', (_, settings) => {
  expect(() => hasherWith(settings)).toThrow()
})

test('says so when the pepper of a stored password is missing', async () => {
  const stored = await hasherWith().hash('correct horse')

  const misconfigured = hasherWith({ peppers: { 2: NEW_PEPPER }, currentPepper: 2 })

  await expect(misconfigured.verify('correct horse', stored)).rejects.toThrow('pepper version 1')
})

describe('a hash that another system made', () => {
  /** OpenLDAP 2.5, slappasswd. */
  const imported = { phc: '{SSHA}8VORXAx4FAOSGGT39M9qn/sKC87E0gS2', pepperVersion: NO_PEPPER }
  const PASSWORD = 'Zo\u00EB at the lake'

  test('matches without a pepper and asks to be made anew, for one hash (SECURITY 6.4)', async () => {
    const hasher = hasherWith()

    expect(await hasher.verify(PASSWORD, imported)).toEqual({ matches: true, needsRehash: true })
    expect(await hasher.verify('wrong horse', imported)).toEqual(WRONG)
    expect(hashes).toBe(2)
  })

  test('7.4: takes no less time than one of ours, whatever form it has', async () => {
    const verified: unknown[][] = []
    const spy = { ...pool, verifyLegacy: async (...job: unknown[]) => verified.push(job) > 0 }

    await hasherWith({ pool: spy, params: { ...MINIMUM_PARAMS, iterations: 4 } }).verify(PASSWORD, imported)

    const dummyPhc = expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=4,p=1\$/)
    expect(verified).toEqual([[{ hash: imported.phc, secret: Buffer.from(PASSWORD), dummyPhc }]])
  })

  test('is verified against the password as it was typed, and from then on in any canonically equal form', async () => {
    const hasher = hasherWith()

    expect(await hasher.verify(PASSWORD.normalize('NFD'), imported)).toEqual(WRONG)

    expect(await hasher.verify(PASSWORD.normalize('NFD'), await hasher.hash(PASSWORD))).toEqual(MATCHES)
  })

  test('costs no more for input that is over-long before normalizing shortens it', async () => {
    const verified: unknown[] = []
    const spy = { ...pool, verifyLegacy: async (...job: unknown[]) => verified.push(job) > 0 }
    const hasher = hasherWith({ pool: spy })
    const marks = 'a\u0323\u0302'.repeat(256)

    expect(await hasher.verify(marks, imported)).toEqual(WRONG)

    expect(verified).toEqual([])
    expect(hashes).toBe(1)
  })
})
