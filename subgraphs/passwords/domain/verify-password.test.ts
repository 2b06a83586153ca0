import { AppError } from '../../shared/errors/app-error.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createHashPool, type HashPool } from '../hashing/hash-pool.js'
import { createPasswordHasher } from '../hashing/password-hasher.js'
import { createMemoryCredentials } from '../store/credentials.memory.js'
import { makeVerifyPassword, type Rehash } from './verify-password.js'

const PEPPERS = { 1: new Uint8Array(32).fill(1), 2: new Uint8Array(32).fill(2) }
const ADA = newId(ID_PREFIXES.user)
const UNCLAIMED = newId(ID_PREFIXES.user)
const PASSWORD = 'correct horse'

let hashes = 0
let pool: HashPool

beforeAll(() => {
  pool = createHashPool({ size: 2, maxWaitMs: 30_000, onHash: () => (hashes += 1) })
})
afterAll(() => pool.stop())

/** Ada has a password under pepper 1, someone else one whose event is late. */
async function storedPasswords({ currentPepper = 1 } = {}) {
  const memory = createMemoryCredentials()
  const stored = await createPasswordHasher({ pool, peppers: PEPPERS, currentPepper: 1 }).hash(PASSWORD)
  await memory.insertUnclaimed(ADA, stored)
  await memory.claim({ userId: ADA, replacedUserId: null })
  await memory.insertUnclaimed(UNCLAIMED, stored)

  const spent = { statements: 0 }
  const rehashes: Rehash[] = []
  const verify = makeVerifyPassword({
    credentials: {
      find(userId) {
        spent.statements += 1
        return memory.find(userId)
      },
    },
    hasher: createPasswordHasher({ pool, peppers: PEPPERS, currentPepper }),
    rehashLater: (rehash) => rehashes.push(rehash),
  })
  hashes = 0
  return { verify, spent, rehashes, stored }
}

test.each([
  ['the right password', ADA, PASSWORD, true],
  ['a wrong password', ADA, 'wrong horse', false],
  ['an over-long password', ADA, 'x'.repeat(50_000), false],
  ['a stranger', newId(ID_PREFIXES.user), PASSWORD, false],
  ['a credential whose event is late', UNCLAIMED, PASSWORD, true],
  ['nobody', null, PASSWORD, false],
])('costs one hash and one statement with %s (SECURITY 6.4, 7.4)', async (_, userId, password, matches) => {
  const { verify, spent, rehashes } = await storedPasswords()

  expect(await verify({ userId, password })).toEqual({ matches, mustChange: false })

  expect({ hashes, ...spent, rehashes }).toEqual({ hashes: 1, statements: 1, rehashes: [] })
})

test('leaves the rehash of an aged hash for later: the answer still costs one hash (SECURITY 6.3, 6.4)', async () => {
  const { verify, rehashes, stored } = await storedPasswords({ currentPepper: 2 })

  expect(await verify({ userId: ADA, password: PASSWORD })).toEqual({ matches: true, mustChange: false })

  expect(hashes).toBe(1)
  expect(rehashes).toEqual([{ userId: ADA, password: PASSWORD, phc: stored.phc }])
})

test('rehashes nothing for a wrong password', async () => {
  const { verify, rehashes } = await storedPasswords({ currentPepper: 2 })

  await verify({ userId: ADA, password: 'wrong horse' })

  expect(rehashes).toEqual([])
})

test('says so when there is no room for a hash (SECURITY 6.4)', async () => {
  const full = createHashPool({ size: 1, maxQueued: 0 })
  await full.stop()
  const verify = makeVerifyPassword({
    credentials: createMemoryCredentials(),
    hasher: createPasswordHasher({ pool: full, peppers: PEPPERS, currentPepper: 1 }),
    rehashLater: () => {},
  })

  await expect(verify({ userId: null, password: PASSWORD })).rejects.toEqual(
    new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }),
  )
})

test('says that another has to be chosen, and why, to nobody but who knows the one there is', async () => {
  const { stored } = await storedPasswords()
  const verify = makeVerifyPassword({
    credentials: { find: async () => ({ ...stored, mustChange: true, changeReason: 'TOO_SHORT' }) },
    hasher: createPasswordHasher({ pool, peppers: PEPPERS, currentPepper: 1 }),
    rehashLater: () => {},
  })

  expect(await verify({ userId: ADA, password: PASSWORD })).toEqual({
    ...{ matches: true, mustChange: true, changeReason: 'TOO_SHORT' },
  })
  expect(await verify({ userId: ADA, password: 'wrong horse' })).toEqual({
    ...{ matches: false, mustChange: false },
  })
})
