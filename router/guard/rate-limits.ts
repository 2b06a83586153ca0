import type { Redis } from 'ioredis'
import type { Execution } from './argument-values.js'
import { createCounters } from './counters.js'
import { type CallerKeys, countersOf } from './rate-limit-keys.js'
import type { RateLimitRule } from './rule.js'
import { secondsUntil, takenWithin } from './taken-within.js'

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
        sumUp(executions, caller).map(async (demand) => ({
          demand,
          outcome: await takenWithin(counters.consume(demand), deadlineMs),
        })),
      )

      // Without a count the answer is no (SECURITY 1.5).
      const isForgiven = ({ credential }: Demand) => onFault === 'allow' && !credential
      if (taken.some(({ demand, outcome }) => outcome.kind === 'failed' && !isForgiven(demand)))
        return { kind: 'unavailable' }
      const waits = taken.flatMap(({ outcome }) =>
        outcome.kind === 'limited' ? [secondsUntil(outcome.state)] : [],
      )
      return waits.length > 0 ? { kind: 'limited', retryAfterSeconds: Math.max(...waits) } : { kind: 'ok' }
    },
  }
}

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
