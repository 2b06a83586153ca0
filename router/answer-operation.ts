import type { GraphQLSchema } from 'graphql'
import { AppError } from '../subgraphs/shared/errors/app-error.js'
import type { Logger } from '../subgraphs/shared/log/logger.js'
import { operationCost } from '../subgraphs/shared/metrics/registry.js'
import type { CurrentRules } from './edge/edge-rules.js'
import { executionsOf } from './guard/argument-values.js'
import { authorize, denialsOf } from './guard/authorize.js'
import { type CostRules, priceOf } from './guard/cost.js'
import type { ReadDocument } from './guard/documents.js'
import type { Allowance, EdgeLimits } from './guard/edge-limits.js'
import type { OperationFacts } from './guard/facts.js'
import type { RateLimiter } from './guard/rate-limits.js'
import type { Refusals } from './guard/refusals.js'
import { runFiltered } from './guard/run-filtered.js'
import type { Safelist } from './guard/safelist.js'
import { type ClientError, maskErrors } from './http/mask-errors.js'
import type { GraphQLBody } from './http/read-request.js'
import type { Gateway } from './plan/gateway.js'
import type { RequestHolder } from './subgraphs/request-holder.js'

export type Answer = {
  data?: Record<string, unknown> | null
  errors?: ClientError[]
}

/** Refused before anything ran; `hints` are for a developer. */
export class DocumentRefused extends AppError {
  constructor(
    code: AppError['code'],
    readonly reason: string,
    readonly hints: readonly string[] = [],
  ) {
    super(code)
  }
}

/** Too much in all; what is left is told in headers. */
export class LimitReached extends AppError {
  constructor(
    retryAfterSeconds: number,
    readonly allowance: Allowance | null,
  ) {
    super('RATE_LIMITED', { retryAfterSeconds })
  }
}

export type AnswerOperation = (
  body: GraphQLBody,
  holder: RequestHolder,
) => Promise<{ answer: Answer; facts: OperationFacts; allowance: Allowance | null }>

type Deps = {
  schema: GraphQLSchema
  readDocument: (query: string, operationName: string | undefined) => ReadDocument
  rulesNow: CurrentRules
  safelist: Safelist
  edgeLimits: Pick<EdgeLimits, 'run'>
  limiter: RateLimiter
  refusals: Pick<Refusals, 'note'>
  gateway: Gateway
  introspection: boolean
  log: Logger
}

/** One operation, through the guard and then the gateway. Whatever the guard refuses reaches no subgraph. */
export function makeAnswerOperation({
  schema,
  readDocument,
  rulesNow,
  safelist,
  edgeLimits,
  limiter,
  refusals,
  gateway,
  introspection,
  log,
}: Deps): AnswerOperation {
  /** What no app is known to send, where that matters. */
  function checkListed(query: string, { rootFields }: OperationFacts, { caller }: RequestHolder): void {
    const mode = rulesNow().safelist
    if (mode === 'off' || safelist.lists(query)) return
    if (mode === 'enforce') throw new DocumentRefused('QUERY_REJECTED', 'not on the safelist')
    const fields = rootFields.map(({ name }) => name)
    log.warn({ event: 'operation.unlisted', requestId: caller.requestId, fields })
  }

  async function answer(asked: GraphQLBody, holder: RequestHolder, seen: { facts?: OperationFacts }) {
    const body = { ...asked, query: queryOf(asked, safelist) }
    const facts = admit(readDocument(body.query, body.operationName), introspection)
    seen.facts = facts
    checkListed(body.query, facts, holder)
    const { viewer } = holder.caller
    const refused = authorize(facts, viewer)
    // Nothing half happens: what changes something is refused whole.
    const filters = rulesNow().authorization === 'filter' && facts.operation === 'query'
    if (refused && !filters) throw refused
    const cost = payable(facts, body, rulesNow().cost)
    operationCost.observe(cost)
    const allowance = await takeFromEdge(edgeLimits, { caller: holder.caller, facts, cost })
    await takeFromLimits(limiter, facts, body, holder)

    holder.startsSession = facts.startsSession?.name ?? null
    const execute = (operation: typeof body) => gateway.execute(operation, { holder })
    const { variableDefaults } = facts
    const denials = refused && denialsOf(facts, viewer)
    const { data, errors = [] } = denials
      ? await runFiltered(body, { schema, denials, variableDefaults, execute })
      : await execute(body)
    const { requestId } = holder.caller
    const masked = maskErrors(errors, requestId, (error) =>
      log.error({ event: 'operation.failed', requestId, path: error.path, cause: error.message }),
    )

    return {
      facts,
      allowance,
      answer: { ...(data !== undefined && { data }), ...(masked.length > 0 && { errors: masked }) },
    }
  }

  return async (asked, holder) => {
    const seen: { facts?: OperationFacts } = {}
    try {
      return await answer(asked, holder, seen)
    } catch (error) {
      if (error instanceof AppError) {
        const { viewer, clientIp: ip } = holder.caller
        refusals.note({ code: error.code, field: seen.facts?.rootFields[0]?.name ?? '', viewer, ip })
      }
      throw error
    }
  }
}

function queryOf({ query }: GraphQLBody, safelist: Safelist): string {
  if (typeof query === 'string') return query
  const persisted = safelist.find(query.id)
  if (persisted === null) throw new DocumentRefused('QUERY_REJECTED', 'no operation is persisted by this id')
  return persisted
}

function admit(read: ReadDocument, introspection: boolean): OperationFacts {
  if (read.kind === 'rejected') throw new DocumentRefused(read.code, read.reason, read.hints)
  if (read.facts.introspects && !introspection)
    throw new DocumentRefused('QUERY_REJECTED', 'introspection is off')
  return read.facts
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

async function takeFromLimits(
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
