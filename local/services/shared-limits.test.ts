import { resolve } from 'node:path'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { EdgeRules } from '../../router/edge/edge-rules.js'
import { createEdgeLimits, type EdgeLimits } from '../../router/guard/edge-limits.js'
import { createRateLimiter, type RateLimiter } from '../../router/guard/rate-limits.js'
import { connectRedis } from '../../subgraphs/shared/limiter/connect-redis.js'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { findRedisBinary } from './debian-redis.js'
import { startRedis } from './redis.js'
import { createCleanups, makeScratch } from './service-testkit.js'

const ROUTERS = 3
const MAX = 120
/** So few at once that a busy machine answers each in time. */
const AT_ONCE = 5
const ada = { ip: '192.0.2.1', viewer: 'usr_ada', client: 'web' }
const RULE = { coordinate: 'Mutation.login', max: MAX, windowSeconds: 3600, burst: 0, by: ['viewer'] }
const log = pino({ level: 'silent' })

/** What one router counts with: a connection of its own. */
type Counting = { redis: Redis; fields: RateLimiter; edge: EdgeLimits }

const cleanups = createCleanups()
let routers: Counting[]
let stopRedis: () => Promise<void>

beforeAll(async () => {
  const { folder, remove } = await makeScratch()
  cleanups.add(remove)
  const binary = await findRedisBinary({
    cacheDir: resolve('.cache'),
    allowDownload: true,
    log: console.warn,
  })
  const server = await startRedis({ dataDir: folder, binary, log: () => undefined })
  if (!server) throw new Error('No Redis on this machine, and none to be had: see the warning above')
  let stopping: Promise<void> | null = null
  stopRedis = () => {
    stopping ??= server.stop()
    return stopping
  }
  cleanups.add(stopRedis)
  routers = Array.from({ length: ROUTERS }, () => countingWith(server.url))
  await Promise.all(routers.map(({ redis }) => eventually(async () => redis.status === 'ready')))
}, 180_000)

afterAll(async () => {
  for (const { redis } of routers) redis.disconnect()
  await cleanups.run()
})

function countingWith(url: string): Counting {
  const redis = connectRedis(url, log)
  if (!redis) throw new Error('an address was given')
  const limit = { name: 'user', by: 'user', max: MAX, window: '1h' } as const
  const rules = EdgeRules.parse({
    limits: [limit, { ...limit, name: 'open', by: 'client', withoutStore: 'allow' }],
  })
  return {
    redis,
    fields: createRateLimiter({ redis }),
    edge: createEdgeLimits({ redis, rulesNow: () => rules }),
  }
}

/** How many of a flood, twice what is allowed, each router lets through. */
async function admitted(take: (router: Counting) => Promise<{ kind: string }>): Promise<number[]> {
  const perRouter = (MAX * 2) / ROUTERS
  return Promise.all(
    routers.map(async (router) => {
      let passed = 0
      for (let sent = 0; sent < perRouter; sent += AT_ONCE) {
        const taken = await Promise.all(Array.from({ length: AT_ONCE }, () => take(router)))
        passed += taken.filter(({ kind }) => kind === 'ok').length
      }
      return passed
    }),
  )
}

const sum = (figures: readonly number[]) => figures.reduce((all, figure) => all + figure, 0)
const execution = (viewer: string, credential: boolean) => (router: Counting) =>
  router.fields.take([{ coordinate: RULE.coordinate, rule: RULE, credential, arguments: {} }], {
    ...ada,
    viewer,
  })
const operation = (user: string, credential: boolean) => (router: Counting) =>
  router.edge.run({ ip: ada.ip, user, client: user, cost: 1, credential })

describe('three routers behind one Redis', () => {
  test('a limit of a field is that of all together', async () => {
    expect(sum(await admitted(execution('usr_1', true)))).toBe(MAX)
  })

  test('a limit of router.yaml is too', async () => {
    expect(sum(await admitted(operation('usr_2', false)))).toBe(MAX)
  })

  test('while Redis is stopped each allows a quarter, and what is open stays shut for what takes a secret', async () => {
    await stopRedis()
    await Promise.all(routers.map(({ redis }) => eventually(async () => redis.status !== 'ready')))

    expect(await admitted(execution('usr_3', true))).toEqual(Array(ROUTERS).fill(MAX / 4))
    expect(await admitted(operation('usr_4', false))).toEqual(Array(ROUTERS).fill(MAX / 4))
    expect(sum(await admitted(operation('usr_5', true)))).toBe(0)
  })
})
