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
type Running = Required<Asker> & { cost: number; credential: boolean }

type Asker = { ip: string; user?: string | null; client?: string | null }

type Options = {
  /** Null: limits count in this process alone. */
  redis: Redis | null
  rulesNow: CurrentRules
  deadlineMs?: number
}

/** A limit with its counter, found once for each change of the rules. */
type Gate = { limit: Limit; take(counter: string, points: number): Promise<Outcome> }

type Taken = { limit: Limit; outcome: Outcome }

/** The limits of `router.yaml`: traffic in all, by everyone, network, user or client. */
export function createEdgeLimits({ redis, rulesNow, deadlineMs = 1000 }: Options) {
  const counters = {
    together: createCounters(redis),
    strict: createCounters(redis, { countsAlone: false }),
    here: createCounters(null),
  }
  let limits: EdgeRules['limits'] = []
  let [ofArrival, ofOperations]: [Gate[], Gate[]] = [[], []]

  function adopt(): void {
    if (limits === rulesNow().limits) return
    limits = rulesNow().limits
    const open = (limit: Limit) => openGate(limit, counters, deadlineMs)
    ofArrival = limits.filter(isOfArrival).map(open)
    ofOperations = limits.filter((limit) => !isOfArrival(limit)).map(open)
  }

  return {
    /** Takes a request as it arrives, whatever it asks. */
    async arrive(ip: string, path: string): Promise<EdgeTaken> {
      adopt()
      const takes: Promise<Taken>[] = []
      for (const gate of ofArrival) {
        if (path.startsWith(gate.limit.path ?? ''))
          takes.push(takeOne(gate, keyOf(gate.limit, { ip }) ?? '', 1))
      }
      return judge(await Promise.all(takes), false)
    },

    /** Takes an operation of which it is known who asks and what it costs. */
    async run({ cost, credential, ...asker }: Running): Promise<EdgeTaken> {
      adopt()
      const takes: Promise<Taken>[] = []
      for (const gate of ofOperations) {
        const [key, points] = [keyOf(gate.limit, asker), gate.limit.of === 'cost' ? cost : 1]
        if (key !== null && points > 0) takes.push(takeOne(gate, key, points))
      }
      return judge(await Promise.all(takes), credential)
    },
  }
}

function judge(all: readonly Taken[], credential: boolean): EdgeTaken {
  // Without a count the answer is no (SECURITY 1.5), where the rule does not say otherwise.
  if (all.some(({ outcome, limit }) => outcome.kind === 'failed' && !isForgiven(limit, credential))) {
    return { kind: 'unavailable' }
  }
  const allowance = closest(all)
  let waitSeconds = 0
  for (const { limit, outcome } of all) {
    if (outcome.kind !== 'limited') continue
    limitsReached.inc({ limit: limit.name })
    waitSeconds = Math.max(waitSeconds, secondsUntil(outcome.state))
  }
  return waitSeconds === 0
    ? { kind: 'ok', allowance }
    : { kind: 'limited', allowance, retryAfterSeconds: waitSeconds }
}

export type EdgeLimits = ReturnType<typeof createEdgeLimits>

const isOfArrival = ({ by, of }: Limit): boolean =>
  of === 'requests' && (by === 'everyone' || by === 'network')

/** Null where there is nobody to count. */
function keyOf({ by }: Limit, { ip, user = null, client = null }: Asker): string | null {
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

function openGate(limit: Limit, { together, strict, here }: Counting, deadlineMs: number): Gate {
  const rule = { max: limit.max, windowSeconds: limit.window, burst: limit.burst }
  const prefix = `edge ${limit.name}|`
  if (limit.counted === 'here') {
    const { consume } = here.of(rule)
    return { limit, take: (key, points) => taken(consume(prefix + key, points)) }
  }
  const { consume } = (limit.withoutStore === 'quarter' ? together : strict).of(rule)
  return { limit, take: (key, points) => takenWithin(consume(prefix + key, points), deadlineMs) }
}

const takeOne = async (gate: Gate, key: string, points: number): Promise<Taken> => ({
  limit: gate.limit,
  outcome: await gate.take(key, points),
})

const isForgiven = (limit: Limit, credential: boolean): boolean =>
  limit.withoutStore === 'allow' && !credential

/** Of everyone's limit nobody is told: it would tell what others do. */
function closest(all: readonly Taken[]): Allowance | null {
  let least: Allowance | null = null
  for (const { limit, outcome } of all) {
    if (outcome.kind === 'failed' || limit.by === 'everyone' || limit.of === 'cost') continue
    const remaining = Math.max(0, outcome.state.remainingPoints)
    if (least && least.remaining / least.limit <= remaining / limit.max) continue
    least = { limit: limit.max, remaining, resetSeconds: secondsUntil(outcome.state) }
  }
  return least
}
