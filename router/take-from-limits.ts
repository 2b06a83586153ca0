import { AppError } from '../subgraphs/shared/errors/app-error.js'
import { operationCost } from '../subgraphs/shared/metrics/registry.js'
import { DocumentRefused, LimitReached } from './document-refused.js'
import type { EdgeRules } from './edge/edge-rules.js'
import { executionsOf } from './guard/argument-values.js'
import { type CostRules, priceOf } from './guard/cost.js'
import type { Allowance, EdgeLimits } from './guard/edge-limits.js'
import type { OperationFacts } from './guard/facts.js'
import type { RateLimiter } from './guard/rate-limits.js'
import type { GraphQLBody } from './http/read-request.js'
import type { RequestHolder } from './subgraphs/request-holder.js'

type Deps = { edgeLimits: Pick<EdgeLimits, 'run'>; limiter: RateLimiter }

type Asked = {
  facts: OperationFacts
  body: Pick<GraphQLBody, 'variables'>
  holder: RequestHolder
  rules: EdgeRules
}

/** Takes an operation from every limit that it counts in, or says why it may not run; answers what is left. */
export async function takeFromLimits(
  { edgeLimits, limiter }: Deps,
  { facts, body, holder, rules }: Asked,
): Promise<Allowance | null> {
  const cost = payable(facts, body, rules.cost)
  operationCost.observe(cost)
  const allowance = await takeFromEdge(edgeLimits, { caller: holder.caller, facts, cost })
  await takeFromFields(limiter, facts, body, holder)
  return allowance
}

/** The price of the operation, where it is not more than one may cost. */
function payable(
  { cost, variableDefaults }: OperationFacts,
  { variables }: Pick<GraphQLBody, 'variables'>,
  rules: CostRules,
): number {
  const priced = priceOf(cost, { ...variableDefaults, ...variables }, rules)
  if (priced.kind === 'wrong-size') throw new AppError('BAD_USER_INPUT', { field: priced.argument })
  if (priced.cost > rules.max) throw new DocumentRefused('QUERY_TOO_COMPLEX', 'costs more than allowed')
  return priced.cost
}

type Running = { caller: RequestHolder['caller']; facts: OperationFacts; cost: number }

async function takeFromEdge(
  limits: Deps['edgeLimits'],
  { caller, facts, cost }: Running,
): Promise<Allowance | null> {
  const taken = await limits.run({
    ip: caller.clientIp,
    user: caller.viewer?.userId ?? null,
    client: caller.viewer?.clientId ?? null,
    credential: facts.credentialCount > 0,
    cost,
  })
  if (taken.kind === 'ok') return taken.allowance
  throw taken.kind === 'limited'
    ? new LimitReached(taken.retryAfterSeconds, taken.allowance)
    : new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
}

async function takeFromFields(
  limiter: RateLimiter,
  facts: OperationFacts,
  body: Pick<GraphQLBody, 'variables'>,
  { caller }: RequestHolder,
) {
  if (facts.rateLimited.length === 0) return
  const keys = {
    ip: caller.clientIp,
    viewer: caller.viewer?.userId ?? null,
    client: caller.viewer?.clientId ?? null,
  }
  const taken = await limiter.take(executionsOf(facts, body.variables), keys)
  if (taken.kind === 'limited')
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: taken.retryAfterSeconds })
  if (taken.kind === 'unavailable') throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
}
