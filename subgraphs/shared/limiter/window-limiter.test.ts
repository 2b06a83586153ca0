import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Redis } from 'ioredis'
import { createLogger } from '../log/logger.js'
import { eventually } from '../test/eventually.js'
import { connectRedis } from './connect-redis.js'
import { createWindowLimiter, type WindowLimiter } from './window-limiter.js'

const RACERS = 50
const ROUNDS = 20
const log = createLogger({ level: 'silent' })
const redisUrl = process.env['TEST_REDIS_URL']

/** Memory always, Redis where the run found one. */
const stores = [{ name: 'memory', url: undefined }, ...(redisUrl ? [{ name: 'Redis', url: redisUrl }] : [])]

const some = (max: number) => ({ name: `test-${randomUUID()}`, max, windowSeconds: 600 })

async function takes(limiter: WindowLimiter, key: string, times: number): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: times }, () => limiter.take(key)))
  return outcomes.filter(({ kind }) => kind === 'taken').length
}

describe.each(stores)('limits counted in $name', ({ url }) => {
  let redis: Redis | null

  beforeAll(async () => {
    redis = connectRedis(url, log)
    if (redis) await once(redis, 'ready')
  })

  afterAll(() => {
    redis?.disconnect()
  })

  test('7.3: 50 callers at once never exceed the limit, not even by one', async () => {
    const limiter = createWindowLimiter(some(10), redis)

    for (let round = 0; round < ROUNDS; round++) {
      expect(await takes(limiter, `network-${round}`, RACERS)).toBe(10)
    }
  })

  test('one network’s attempts are not another’s', async () => {
    const limiter = createWindowLimiter(some(1), redis)

    expect([await takes(limiter, 'a', 2), await takes(limiter, 'b', 2)]).toEqual([1, 1])
  })

  test('1.1: who is limited is told when to come back', async () => {
    const limiter = createWindowLimiter(some(1), redis)
    await limiter.take('a')

    const limited = await limiter.take('a')

    expect(limited).toEqual({ kind: 'limited', retryAfterSeconds: expect.any(Number) })
    expect(limited.kind === 'limited' && limited.retryAfterSeconds).toBeLessThanOrEqual(600)
    expect(limited.kind === 'limited' && limited.retryAfterSeconds).toBeGreaterThan(590)
  })

  test('what is given back can be taken again', async () => {
    const limiter = createWindowLimiter(some(2), redis)
    await takes(limiter, 'a', 2)

    await limiter.giveBack('a')

    expect(await takes(limiter, 'a', RACERS)).toBe(1)
  })

  test('13.1: what is given back after its window has passed adds nothing to the next', async () => {
    const limiter = createWindowLimiter(some(2), redis)

    await Promise.all(Array.from({ length: RACERS }, () => limiter.giveBack('a')))

    expect(await takes(limiter, 'a', RACERS)).toBe(2)
  })
})

describe('while Redis is away', () => {
  let redis: Redis | null

  beforeAll(() => {
    redis = connectRedis('redis://127.0.0.1:1', log)
  })

  afterAll(() => {
    redis?.disconnect()
  })

  test('13.2: each process counts for itself and allows a third', async () => {
    expect(await takes(createWindowLimiter(some(30), redis), 'a', RACERS)).toBe(10)
  })

  test('13.2: a small limit still allows one', async () => {
    expect(await takes(createWindowLimiter(some(2), redis), 'a', RACERS)).toBe(1)
  })

  test('13.2: what was taken from Redis adds nothing when it is given back', async () => {
    const limiter = createWindowLimiter(some(30), redis)

    await Promise.all(Array.from({ length: RACERS }, () => limiter.giveBack('a')))

    expect(await takes(limiter, 'a', RACERS)).toBe(10)
  })
})

test('13.6: a Redis that hangs up is called again soon', async () => {
  let calls = 0
  const server = createServer((socket) => {
    calls += 1
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port

  const redis = connectRedis(`redis://127.0.0.1:${port}`, log)
  await eventually(async () => calls >= 4)

  redis?.disconnect()
  server.close()
})

test('without a URL there is no Redis', () => {
  expect(connectRedis(undefined, log)).toBeNull()
})
