import type { Redis } from 'ioredis'
import { EdgeRules } from '../edge/edge-rules.js'
import { createEdgeLimits, type EdgeTaken } from './edge-limits.js'
import { redisThatCounts, redisThatFails, redisThatHangs } from './test/redis.js'

const limitsOf = (redis: Redis | null, ...limits: object[]) => {
  const rules = EdgeRules.parse({ limits })
  return createEdgeLimits({ redis, rulesNow: () => rules, deadlineMs: 100 })
}
const NETWORK = { name: 'network', by: 'network', max: 3, window: '1m' }
const USER = { name: 'user', by: 'user', max: 3, window: '1m' }
const ada = { ip: '192.0.2.1', user: 'usr_ada', client: 'web', cost: 10, credential: false }

async function times(count: number, take: () => Promise<EdgeTaken>): Promise<string> {
  const kinds = await Promise.all(Array.from({ length: count }, take))
  return kinds.map(({ kind }) => kind[0]).join('')
}

test.each([
  ['192.0.2.1', '192.0.2.1', 'limited'],
  ['192.0.2.1', '192.0.2.2', 'ok'],
  ['2001:db8:1:1::1', '2001:db8:1:1:9::9', 'limited'],
  ['2001:db8:1:1::1', '2001:db8:1:2::1', 'ok'],
])('a network is counted as it arrives: %s, then %s is %s', async (one, other, kind) => {
  const limits = limitsOf(null, NETWORK)
  await times(3, () => limits.arrive(one, '/graphql'))

  expect((await limits.arrive(other, '/graphql')).kind).toBe(kind)
})

test('a limit with a path counts requests to what lies below it, and no others', async () => {
  const limits = limitsOf(null, { ...NETWORK, path: '/hooks/' })

  expect(await times(4, () => limits.arrive('192.0.2.1', '/hooks/mail'))).toBe('oool')
  expect((await limits.arrive('192.0.2.1', '/graphql')).kind).toBe('ok')
})

test('fifty at once get as many as there are, wherever they are counted', async () => {
  const [here, together] = [null, redisThatCounts()].map((redis) => limitsOf(redis, NETWORK))

  for (const limits of [here, together]) {
    const kinds = await times(50, () => limits?.arrive('192.0.2.1', '/graphql') as Promise<EdgeTaken>)
    expect(kinds.match(/o/g)).toHaveLength(3)
  }
})

test('what is spare is had once', async () => {
  const limits = limitsOf(null, { ...NETWORK, burst: 2 })

  expect(await times(7, () => limits.arrive('192.0.2.1', '/graphql'))).toBe('oooooll')
})

test('operations are counted by who asks, and whoever nobody knows is not', async () => {
  const limits = limitsOf(null, USER, { ...USER, name: 'client', by: 'client', max: 5 })

  expect(await times(4, () => limits.run(ada))).toBe('oool')
  expect(await times(2, () => limits.run({ ...ada, user: 'usr_bob' }))).toBe('ol')
  expect(await times(9, () => limits.run({ ...ada, user: null, client: null }))).toBe('ooooooooo')
})

test('what operations cost is counted', async () => {
  const limits = limitsOf(null, { ...USER, of: 'cost', max: 25 })

  expect(await times(3, () => limits.run(ada))).toBe('ool')
  expect((await limits.run({ ...ada, user: 'usr_bob', cost: 26 })).kind).toBe('limited')
  expect((await limits.run({ ...ada, user: 'usr_eve', cost: 0 })).kind).toBe('ok')
})

test('the limit that is closest is told, with when it begins anew', async () => {
  const limits = limitsOf(null, USER, { ...USER, name: 'client', by: 'client', max: 30 })

  expect(await limits.run(ada)).toEqual({
    kind: 'ok',
    allowance: { limit: 3, remaining: 2, resetSeconds: 60 },
  })
  await times(2, () => limits.run(ada))
  expect(await limits.run(ada)).toEqual({
    kind: 'limited',
    retryAfterSeconds: 60,
    allowance: { limit: 3, remaining: 0, resetSeconds: 60 },
  })
})

test("everyone's limit is kept, and nobody is told how close it is", async () => {
  const limits = limitsOf(null, { ...NETWORK, by: 'everyone' })

  expect(await limits.arrive('192.0.2.1', '/graphql')).toEqual({ kind: 'ok', allowance: null })
  expect(await times(4, () => limits.arrive('192.0.2.2', '/graphql'))).toBe('ooll')
})

describe('while Redis is away', () => {
  const limit = { ...USER, max: 8 }
  const away = [
    ['fails', redisThatFails],
    ['hangs', redisThatHangs],
  ] as const

  test('a quarter is allowed', async () => {
    const limits = limitsOf(redisThatFails(), limit)

    expect(await times(4, () => limits.run(ada))).toBe('ooll')
  })

  test.each(away)('a rule may refuse: it %s', async (_, redis) => {
    const limits = limitsOf(redis(), { ...limit, withoutStore: 'refuse' })

    expect(await times(2, () => limits.run(ada))).toBe('uu')
  })

  test.each(away)('a rule may allow everything but what takes a secret: it %s', async (_, redis) => {
    const limits = limitsOf(redis(), { ...limit, withoutStore: 'allow' })

    expect(await times(9, () => limits.run(ada))).toBe('ooooooooo')
    expect(await times(1, () => limits.run({ ...ada, credential: true }))).toBe('u')
  })

  test('what is counted here goes on', async () => {
    const limits = limitsOf(redisThatFails(), { ...USER, counted: 'here' })

    expect(await times(4, () => limits.run(ada))).toBe('oool')
  })

  test('no rule may let requests in that nobody knows yet', () => {
    const read = EdgeRules.safeParse({ limits: [{ ...NETWORK, withoutStore: 'allow' }] })

    expect(read.error?.issues[0]?.path).toEqual(['limits', 0, 'withoutStore'])
  })
})

test('other figures are in force at once', async () => {
  let rules = EdgeRules.parse({ limits: [USER] })
  const limits = createEdgeLimits({ redis: null, rulesNow: () => rules })
  await times(3, () => limits.run(ada))
  const before = await limits.run(ada)

  rules = EdgeRules.parse({ limits: [{ ...USER, max: 100 }] })

  expect([before.kind, (await limits.run(ada)).kind]).toEqual(['limited', 'ok'])
})
