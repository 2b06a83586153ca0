import type { Redis } from 'ioredis'
import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterRedis,
  type RateLimiterRes,
} from 'rate-limiter-flexible'

/** While Redis is away each router allows this part, so that four of them together still keep the limit. */
const PART_WITHOUT_REDIS = 4

/** What is spare above `max` comes back this many times slower than `max` itself. */
const BURST_WINDOWS = 10

/** A timer in Node holds no more than 2^31 ms: a longer window would end at once and take its count with it. */
const LONGEST_WINDOW_IN_PROCESS = 24 * 86_400

export type Consumer = { consume: (key: string, points: number) => Promise<RateLimiterRes> }

export type Figures = { max: number; windowSeconds: number; burst: number }

/** What is taken from one counter. */
export type Consumption = { rule: Figures; counter: string; executions: number }

type Options = {
  /** While Redis is away this process counts for itself. */
  countsAlone?: boolean
}

export type Counters = ReturnType<typeof createCounters>

/** Windows of counting, one for each pair of figures. What cannot be counted is thrown; what is too much is thrown as a `RateLimiterRes`. */
export function createCounters(redis: Redis | null, { countsAlone = true }: Options = {}) {
  const consumers = new Map<string, Consumer>()

  function consumerFor(rule: Figures): Consumer {
    const { max, windowSeconds, burst } = rule
    const name = `${max}/${windowSeconds}+${burst}`
    const consumer = consumers.get(name) ?? createConsumer(redis, rule, countsAlone)
    consumers.set(name, consumer)
    return consumer
  }

  return {
    consume: async ({ rule, counter, executions }: Consumption) =>
      consumerFor(rule).consume(counter, executions),

    /** For who takes by one rule again and again: what is thrown is still to be awaited. */
    of(rule: Figures): Consumer {
      const consumer = consumerFor(rule)
      return { consume: async (key, points) => consumer.consume(key, points) }
    },
  }
}

function createConsumer(
  redis: Redis | null,
  { max, windowSeconds, burst }: Figures,
  countsAlone: boolean,
): Consumer {
  const steady = createWindow(redis, { prefix: 'rate', points: max, seconds: windowSeconds }, countsAlone)
  if (burst === 0) return steady

  const seconds = windowSeconds * BURST_WINDOWS
  const spare = createWindow(redis, { prefix: 'burst', points: burst, seconds }, countsAlone)
  return new BurstyRateLimiter(steady, spare)
}

type Window = { prefix: string; points: number; seconds: number }

function createWindow(redis: Redis | null, window: Window, countsAlone: boolean) {
  if (!redis) return createInProcess(window)
  return new RateLimiterRedis({
    storeClient: redis,
    // Or commands would wait in the client for as long as Redis is away.
    rejectIfRedisNotReady: true,
    keyPrefix: window.prefix,
    points: window.points,
    duration: window.seconds,
    ...(countsAlone && { insuranceLimiter: createInProcess(partOf(window)) }),
  })
}

const partOf = (window: Window): Window => ({
  ...window,
  points: Math.max(1, Math.floor(window.points / PART_WITHOUT_REDIS)),
})

function createInProcess({ prefix, points, seconds }: Window): RateLimiterMemory {
  return new RateLimiterMemory({
    keyPrefix: prefix,
    points,
    duration: Math.min(seconds, LONGEST_WINDOW_IN_PROCESS),
  })
}
