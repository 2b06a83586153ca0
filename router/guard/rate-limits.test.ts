import type { Redis } from 'ioredis'
import { type Execution, executionsOf } from './argument-values.js'
import { createRateLimiter } from './rate-limits.js'
import type { RateLimitRule } from './rule.js'
import { factsOf } from './test/graph.js'
import { redisThatCounts, redisThatFails, redisThatHangs } from './test/redis.js'

const ada = { ip: '192.0.2.1', viewer: 'usr_ada', client: 'web' }

function execution(rule: Partial<RateLimitRule> = {}, given: Partial<Execution> = {}): Execution {
  return {
    coordinate: 'Mutation.rename',
    rule: { coordinate: 'Mutation.rename', max: 10, windowSeconds: 600, burst: 0, by: ['viewer'], ...rule },
    credential: false,
    arguments: {},
    ...given,
  }
}

/** How many of so many callers side by side are let through. */
async function admitted(
  redis: Redis | null,
  callers: number,
  rule: Partial<RateLimitRule> = {},
): Promise<number> {
  const limiter = createRateLimiter({ redis })
  const results = await Promise.all(
    Array.from({ length: callers }, () => limiter.take([execution(rule)], ada)),
  )
  return results.filter(({ kind }) => kind === 'ok').length
}

describe('counting', () => {
  test.each([
    ['in this process', null],
    ['in Redis', redisThatCounts()],
  ])('50 callers side by side never get one more than the limit, counted %s', async (_, redis) => {
    expect(await admitted(redis, 50)).toBe(10)
  })

  test('every execution of an operation counts, and one too many refuses them all', async () => {
    const limiter = createRateLimiter({ redis: null })
    const [one] = [execution()]

    expect(
      await limiter.take(
        Array.from({ length: 8 }, () => one),
        ada,
      ),
    ).toEqual({ kind: 'ok' })
    expect(await limiter.take([one, one, one], ada)).toEqual({ kind: 'limited', retryAfterSeconds: 600 })
  })

  test('allows what is spare above the limit, once', async () => {
    expect(await admitted(null, 50, { burst: 5 })).toBe(15)
  })

  test('keeps a window longer than a timer can be', async () => {
    // A longer delay would overflow: the timer fires at once, and the count is gone.
    const timers = jest.spyOn(globalThis, 'setTimeout')
    await createRateLimiter({ redis: null }).take([execution({ windowSeconds: 30 * 86_400 })], ada)

    expect(Math.max(...timers.mock.calls.map(([, delay]) => delay ?? 0))).toBeLessThan(2 ** 31)
    timers.mockRestore()
  })

  test('takes nothing where nothing is limited', async () => {
    expect(await createRateLimiter({ redis: redisThatFails() }).take([], ada)).toEqual({ kind: 'ok' })
  })
})

describe('who is counted', () => {
  const sameCounter = async (
    by: string,
    first: { caller?: typeof ada | object; arguments?: object },
    second: { caller?: typeof ada | object; arguments?: object },
  ) => {
    const limiter = createRateLimiter({ redis: null })
    const takeAs = ({ caller = {}, arguments: given = {} }: typeof first) =>
      limiter.take([execution({ max: 1, by: [by] }, { arguments: { ...given } })], { ...ada, ...caller })
    await takeAs(first)
    return (await takeAs(second)).kind === 'limited'
  }

  test.each([
    ['ip', { ip: '2001:db8::1' }, { ip: '2001:db8::ffff:2' }, true],
    ['ip', { ip: '2001:db8:0:1::1' }, { ip: '2001:db8:0:2::1' }, false],
    ['ip', { ip: '192.0.2.1' }, { ip: '::ffff:192.0.2.1' }, true],
    ['ip', { ip: '192.0.2.1' }, { ip: '192.0.2.2' }, false],
    ['viewer', { ip: '192.0.2.1' }, { ip: '192.0.2.2' }, true],
    ['viewer', { viewer: 'usr_ada' }, { viewer: 'usr_bob' }, false],
    ['viewer', { viewer: null }, { viewer: null }, true],
    ['viewer', { viewer: null }, { viewer: null, ip: '192.0.2.2' }, false],
    ['client', { viewer: 'usr_ada' }, { viewer: 'usr_bob' }, true],
  ])('by %s: %j and %j are one: %s', async (by, first, second, same) => {
    expect(await sameCounter(by, { caller: first }, { caller: second })).toBe(same)
  })

  test.each([
    [{ input: { identifier: 'ada' } }, { input: { identifier: 'bob' } }, false],
    [{ input: { identifier: 'ada' } }, { input: { identifier: ' ADA' } }, true],
    [{ input: { identifier: 7 } }, { input: { identifier: '7' } }, true],
    [
      { input: { identifier: { a: '1', b: '2' } } },
      { input: { identifier: { b: '2', a: '1', c: null } } },
      true,
    ],
    [{ input: { identifier: ['a'] } }, { input: { identifier: ['b'] } }, false],
    [{ input: {} }, { input: null }, true],
  ])('by argument: %j and %j are one: %s', async (first, second, same) => {
    expect(await sameCounter('input.identifier', { arguments: first }, { arguments: second })).toBe(same)
  })

  test('each entry of `by` is a limit of its own', async () => {
    const limiter = createRateLimiter({ redis: null })
    const by = ['ip', 'viewer']
    await limiter.take([execution({ max: 1, by })], ada)

    expect(await limiter.take([execution({ max: 1, by })], { ...ada, viewer: 'usr_bob' })).toMatchObject({
      kind: 'limited',
    })
  })

  test('reads argument values from variables and their defaults', () => {
    const facts = factsOf(`
      mutation ($who: String! = "ada", $pass: String) { signIn(input: { identifier: $who, password: $pass }) { person { id } } }
    `)

    expect(executionsOf(facts, { pass: 'x' })).toMatchObject([
      {
        coordinate: 'Mutation.signIn',
        credential: true,
        arguments: { input: { identifier: 'ada', password: 'x' } },
      },
    ])
    expect(executionsOf(facts, { who: 'bob' })).toMatchObject([
      { arguments: { input: { identifier: 'bob' } } },
    ])
  })
})

describe('without its store', () => {
  test('goes on counting in this process, more strictly', async () => {
    expect(await admitted(redisThatFails(), 50)).toBe(2)
  })

  test('refuses when a count cannot be had at all', async () => {
    const limiter = createRateLimiter({ redis: redisThatHangs(), deadlineMs: 1 })

    expect(await limiter.take([execution()], ada)).toEqual({ kind: 'unavailable' })
  })

  test('stays open where told to, and never for a credential', async () => {
    const limiter = createRateLimiter({ redis: redisThatHangs(), deadlineMs: 1, onFault: 'allow' })

    expect(await limiter.take([execution()], ada)).toEqual({ kind: 'ok' })
    expect(await limiter.take([execution({}, { credential: true })], ada)).toEqual({ kind: 'unavailable' })
  })
})
