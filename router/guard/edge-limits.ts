import type { Redis } from 'ioredis'
import { networkKey } from '../../subgraphs/shared/limiter/network-key.js'
import { limitsReached } from '../../subgraphs/shared/metrics/registry.js'
import type { CurrentRules, EdgeRules } from '../edge/edge-rules.js'
import { type Counters, createCounters } from './counters.js'
import { type Outcome, secondsUntil, taken, takenWithin } from './taken-within.js'

type Limit = EdgeRules['limits'][number]

/** What a client is told of its limits: the one that it is closest to. */
export type Allowance = { limit: number; remaining: number; resetSeconds: number }

export type EdgeTaken =
  | { kind: 'ok'; allowance: Allowance | null }
  | { kind: 'limited'; allowance: Allowance | null; retryAfterSeconds: number }
  | { kind: 'unavailable' }

/** An operation that is about to run. */
type Running = { ip: string; user: string | null; client: string | null; cost: number; credential: boolean }

type Options = {
  /** Null: limits count in this process alone. */
  redis: Redis | null
  rulesNow: CurrentRules
  deadlineMs?: number
}

type Take = { limit: Limit; key: string; points: number; credential: boolean }

/** The limits of `router.yaml`: traffic in all, by everyone, network, user or client. */
export function createEdgeLimits({ redis, rulesNow, deadlineMs = 1000 }: Options) {
  const alone = createCounters(redis)
  const counters = {
    together: alone,
    strict: createCounters(redis, { countsAlone: false }),
    here: createCounters(null),
  }

  async function take(takes: readonly Take[]): Promise<EdgeTaken> {
    const outcomes = await Promise.all(
      takes.map(async (each) => ({ ...each, outcome: await takeOne(counters, each, deadlineMs) })),
    )
    // Without a count the answer is no (SECURITY 1.5), where the rule does not say otherwise.
    if (outcomes.some(({ outcome, ...each }) => outcome.kind === 'failed' && !isForgiven(each))) {
      return { kind: 'unavailable' }
    }
    const limited = outcomes.filter(({ outcome }) => outcome.kind === 'limited')
    for (const { limit } of limited) limitsReached.inc({ limit: limit.name })
    const allowance = closest(outcomes)
    if (limited.length === 0) return { kind: 'ok', allowance }
    const waits = limited.flatMap(({ outcome }) =>
      outcome.kind === 'failed' ? [] : [secondsUntil(outcome.state)],
    )
    return { kind: 'limited', allowance, retryAfterSeconds: Math.max(...waits) }
  }

  return {
    /** Takes a request as it arrives, whatever it asks. */
    arrive: (ip: string, path: string): Promise<EdgeTaken> =>
      take(
        rulesNow()
          .limits.filter((limit) => isOfArrival(limit) && path.startsWith(limit.path ?? ''))
          .map((limit) => ({
            limit,
            key: keyOf(limit, { ip, user: null, client: null }) ?? '',
            points: 1,
            credential: false,
          })),
      ),

    /** Takes an operation of which it is known who asks and what it costs. */
    run: (running: Running): Promise<EdgeTaken> =>
      take(
        rulesNow()
          .limits.filter((limit) => !isOfArrival(limit))
          .flatMap((limit) => {
            const [key, points] = [keyOf(limit, running), limit.of === 'cost' ? running.cost : 1]
            return key === null || points === 0
              ? []
              : [{ limit, key, points, credential: running.credential }]
          }),
      ),
  }
}

export type EdgeLimits = ReturnType<typeof createEdgeLimits>

const isOfArrival = ({ by, of }: Limit): boolean =>
  of === 'requests' && (by === 'everyone' || by === 'network')

/** Null where there is nobody to count. */
function keyOf({ by }: Limit, { ip, user, client }: Pick<Running, 'ip' | 'user' | 'client'>): string | null {
  switch (by) {
    case 'everyone':
      return 'all'
    case 'network':
      return networkKey(ip)
    case 'user':
      return user
    case 'client':
      return client
  }
}

type Counting = { together: Counters; strict: Counters; here: Counters }

function takeOne(counters: Counting, { limit, key, points }: Take, deadlineMs: number): Promise<Outcome> {
  const { name, max, window, burst, counted, withoutStore } = limit
  const consumption = {
    rule: { max, windowSeconds: window, burst },
    counter: `edge ${name}|${key}`,
    executions: points,
  }
  if (counted === 'here') return taken(counters.here.consume(consumption))
  const together = withoutStore === 'quarter' ? counters.together : counters.strict
  return takenWithin(together.consume(consumption), deadlineMs)
}

const isForgiven = ({ limit, credential }: Take): boolean => limit.withoutStore === 'allow' && !credential

/** Of everyone's limit nobody is told: it would tell what others do. */
function closest(taken: readonly (Take & { outcome: Outcome })[]): Allowance | null {
  const told = taken.flatMap(({ limit, outcome }) =>
    outcome.kind === 'failed' || limit.by === 'everyone' || limit.of === 'cost'
      ? []
      : [
          {
            limit: limit.max,
            remaining: Math.max(0, outcome.state.remainingPoints),
            resetSeconds: secondsUntil(outcome.state),
          },
        ],
  )
  return told.sort((one, other) => one.remaining / one.limit - other.remaining / other.limit)[0] ?? null
}
