import type { Redis } from 'ioredis'
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { Execution } from './argument-values.js'
import { createCounters } from './counters.js'
import { type CallerKeys, countersOf } from './rate-limit-keys.js'
import type { RateLimitRule } from './rule.js'

export type TakeResult =
  | { kind: 'ok' }
  | { kind: 'limited'; retryAfterSeconds: number }
  | { kind: 'unavailable' }

export type RateLimiterOptions = {
  /** Null: limits count in this process alone. A client should give up on a command after a second or less. */
  redis: Redis | null
  /** What becomes of a field that is no credential when even counting in this process fails. */
  onFault?: 'refuse' | 'allow'
  /** A store that hangs is a store that failed. */
  deadlineMs?: number
}

export type RateLimiter = ReturnType<typeof createRateLimiter>

/** Counts executions of fields with a `@rateLimit`, in Redis for all routers together. */
export function createRateLimiter({ redis, onFault = 'refuse', deadlineMs = 1000 }: RateLimiterOptions) {
  const counters = createCounters(redis)

  return {
    /**
     * Takes all executions of one operation before any of them runs.
     *
     * Taking is one atomic increment a counter, so callers side by side never get one more than the limit.
     * What was taken stays taken when another counter refuses: a caller over one limit earns nothing on the rest.
     */
    async take(executions: readonly Execution[], caller: CallerKeys): Promise<TakeResult> {
      const taken = await Promise.all(
        sumUp(executions, caller).map(async (demand) => {
          const outcome = await withDeadline(counters.consume(demand), deadlineMs).catch(outcomeOf)
          const isForgiven = outcome === 'failed' && onFault === 'allow' && !demand.credential
          return isForgiven ? 'taken' : outcome
        }),
      )

      // Without a count the answer is no (SECURITY 1.5).
      if (taken.includes('failed')) return { kind: 'unavailable' }
      const waits = taken.filter((outcome) => typeof outcome === 'number')
      return waits.length > 0 ? { kind: 'limited', retryAfterSeconds: Math.max(...waits) } : { kind: 'ok' }
    },
  }
}

/** A number is the seconds to wait. */
type Outcome = 'taken' | 'failed' | number

type Demand = { rule: RateLimitRule; counter: string; executions: number; credential: boolean }

/** One demand a counter: aliases of one field, taken one by one, could stop half-way. */
function sumUp(executions: readonly Execution[], caller: CallerKeys): Demand[] {
  const demands = new Map<string, Demand>()
  for (const execution of executions) {
    for (const counter of new Set(countersOf(execution, caller))) {
      const { rule, credential } = execution
      const demand = demands.get(counter) ?? { rule, counter, executions: 0, credential: false }
      demand.executions += 1
      demand.credential ||= credential
      demands.set(counter, demand)
    }
  }
  return [...demands.values()]
}

function outcomeOf(refusal: unknown): Outcome {
  return refusal instanceof RateLimiterRes ? Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) : 'failed'
}

async function withDeadline(work: Promise<unknown>, ms: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve('failed'), ms)
  })
  try {
    return await Promise.race([work.then((): Outcome => 'taken'), deadline])
  } finally {
    clearTimeout(timer)
  }
}
