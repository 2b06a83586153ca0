import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

export type WindowLimit = {
  /** Names the counter in the store. */
  name: string
  max: number
  windowSeconds: number
}

export type Taken = { kind: 'taken' } | { kind: 'limited'; retryAfterSeconds: number }

export type WindowLimiter = {
  /** Takes one of what the window allows, before whatever it pays for: callers at once never exceed it. */
  take(key: string): Promise<Taken>
  /** Returns one that was not needed after all. */
  giveBack(key: string): Promise<void>
}

/** While Redis is away each process counts for itself, and allows a third (SECURITY 13.2). */
const INSURANCE = 3

/** At most so many in a window, counted in Redis where there is one, else in this process. */
export function createWindowLimiter(
  { name, max, windowSeconds }: WindowLimit,
  redis: Redis | null,
): WindowLimiter {
  const options = { keyPrefix: `usergraph:limit:${name}`, points: max, duration: windowSeconds }
  const limiter = redis
    ? new RateLimiterRedis({
        ...options,
        storeClient: redis,
        insuranceLimiter: new RateLimiterMemory({
          ...options,
          points: Math.max(1, Math.floor(max / INSURANCE)),
        }),
      })
    : new RateLimiterMemory(options)

  return {
    async take(key) {
      try {
        await limiter.consume(key)
        return { kind: 'taken' }
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        return { kind: 'limited', retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) }
      }
    },
    async giveBack(key) {
      // Its window may have passed, or Redis come or gone: what was never taken here would be one too many.
      const held = await limiter.get(key)
      if (held && held.consumedPoints > 0) await limiter.reward(key)
    },
  }
}
