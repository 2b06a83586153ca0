import { AppError } from '../../shared/errors/app-error.js'
import { MINIMUM_PARAMS, unmatchablePhc } from './hash-params.js'
import { createHashPool, type HashPool, type HashPoolOptions } from './hash-pool.js'
import { HASH_SAMPLES } from './legacy/hash-samples.js'

const SECRET = new Uint8Array(32).fill(0xff)
const SIZE = 2
const QUEUE = 64

const pools: HashPool[] = []

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()))
})

function poolWith(options: HashPoolOptions = {}): HashPool {
  const pool = createHashPool({ size: SIZE, maxWaitMs: 30_000, ...options })
  pools.push(pool)
  return pool
}

/** A pool and the process ids of its children, in the order they became ready. */
async function readyPool(options: HashPoolOptions = {}) {
  const pids: number[] = []
  let announce = () => {}
  const pool = poolWith({
    ...options,
    onChildReady(pid) {
      pids.push(pid)
      announce()
    },
  })
  const untilReady = (count: number) =>
    new Promise<void>((resolve) => {
      announce = () => pids.length >= count && resolve()
      announce()
    })
  await untilReady(options.size ?? SIZE)
  return { pool, pids, untilReady }
}

const hash = (pool: HashPool) => pool.hash(SECRET, MINIMUM_PARAMS)

test('makes salted argon2id strings that verify', async () => {
  const pool = poolWith()

  const [first, second] = await Promise.all([hash(pool), hash(pool)])

  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(second).not.toBe(first)
  expect(await pool.verify(first, SECRET)).toBe(true)
  expect(await pool.verify(first, new Uint8Array(32))).toBe(false)
})

test.each([
  ['ready', async () => (await readyPool()).pool],
  ['still starting', async () => poolWith()],
])('takes one job per place and 64 more, and refuses the rest at once: children %s', async (_, make) => {
  const pool = await make()
  let settled = 0
  const jobs = Array.from({ length: SIZE + QUEUE + 10 }, async () => {
    try {
      return await hash(pool)
    } catch (error) {
      return { error, settledBefore: settled }
    } finally {
      settled += 1
    }
  })

  const outcomes = await Promise.all(jobs)

  const refused = outcomes.filter((outcome) => typeof outcome !== 'string')
  expect(refused).toHaveLength(10)
  expect(refused.map(({ settledBefore }) => settledBefore)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const { error } of refused) {
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', details: { retryAfterSeconds: 1 } })
  }
})

test('never runs more jobs at once than it has children', async () => {
  let started = 0
  let ended = 0
  let mostAtOnce = 0
  const { pool } = await readyPool({
    onHash() {
      started += 1
      mostAtOnce = Math.max(mostAtOnce, started - ended)
    },
  })

  await Promise.all(Array.from({ length: 20 }, () => hash(pool).then(() => (ended += 1))))

  expect(started).toBe(20)
  expect(mostAtOnce).toBe(SIZE)
})

test('refuses a job that waited too long, before it costs a hash', async () => {
  let hashes = 0
  const { pool } = await readyPool({ size: 1, maxWaitMs: 1, onHash: () => (hashes += 1) })

  const [first, second] = await Promise.allSettled([hash(pool), hash(pool)])

  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'SERVICE_UNAVAILABLE' } })
  expect(hashes).toBe(1)
})

test('replaces a killed child, fails its job as a fault and goes on with those that wait', async () => {
  const { pool, pids, untilReady } = await readyPool({ size: 1 })
  const jobs = [hash(pool), hash(pool), hash(pool)]

  process.kill(pids[0] ?? 0, 'SIGKILL')
  const [struck, ...others] = await Promise.allSettled(jobs)
  await untilReady(2)

  expect(struck?.status).toBe('rejected')
  expect(struck).toMatchObject({ reason: { message: 'password hashing failed: the worker died' } })
  expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect(pids[1]).not.toBe(pids[0])
})

test('fails a verification of what is no hash, and stays usable', async () => {
  const pool = poolWith({ size: 1 })

  await expect(pool.verify('no hash', SECRET)).rejects.toThrow('password hashing failed')
  expect(await pool.verify(await hash(pool), SECRET)).toBe(true)
})

test('verifies what another system hashed in the same places, and fails on what it cannot read', async () => {
  let hashes = 0
  const pool = poolWith({ size: 1, onHash: () => (hashes += 1) })
  const [, , password, md5Crypt] = HASH_SAMPLES.find(([form]) => form === 'md5-crypt') ?? ['', '', '', '']
  const dummyPhc = unmatchablePhc(MINIMUM_PARAMS)
  const verify = (hash: string, text: string) =>
    pool.verifyLegacy({ hash, secret: Buffer.from(text), dummyPhc })

  expect(await verify(md5Crypt, password)).toBe(true)
  expect(await verify(md5Crypt, 'another')).toBe(false)
  await expect(verify('no hash', password)).rejects.toThrow('UNKNOWN_FORMAT')
  expect(hashes).toBe(3)
})

test('7.4: no hash of another system is quicker than one of ours, which is computed beside it', async () => {
  const pool = poolWith({ size: 1 })
  const [, , password, ssha] = HASH_SAMPLES.find(([form]) => form === 'salted-sha1') ?? ['', '', '', '']

  // What is no hash cannot be computed: the failure shows that it was tried.
  const job = { hash: ssha, secret: Buffer.from(password), dummyPhc: 'no hash' }
  await expect(pool.verifyLegacy(job)).rejects.toThrow('password hashing failed')
})

test('ends running jobs and refuses waiting ones when it stops, and leaves no child', async () => {
  const { pool, pids } = await readyPool({ size: 1 })
  const jobs = Promise.allSettled([hash(pool), hash(pool)])

  await pool.stop()
  const [running, waiting] = await jobs

  expect(running.status).toBe('fulfilled')
  expect(waiting).toMatchObject({ reason: { code: 'SERVICE_UNAVAILABLE' } })
  await expect(hash(pool)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(() => process.kill(pids[0] ?? 0, 0)).toThrow('ESRCH')
})
