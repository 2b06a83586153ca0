import { AppError } from '../subgraphs/shared/errors/app-error.js'
import type { Logger } from '../subgraphs/shared/log/logger.js'
import { admitDocument } from './admit-document.js'
import type { CurrentRules } from './edge/edge-rules.js'
import { authorize, denialsOf, deniedField } from './guard/authorize.js'
import type { ReadDocument } from './guard/documents.js'
import type { Allowance, EdgeLimits } from './guard/edge-limits.js'
import type { OperationFacts } from './guard/facts.js'
import type { RateLimiter } from './guard/rate-limits.js'
import type { Refusals } from './guard/refusals.js'
import type { RunFiltered } from './guard/run-filtered.js'
import type { Safelist } from './guard/safelist.js'
import { type ClientError, maskErrors } from './http/mask-errors.js'
import type { GraphQLBody } from './http/read-request.js'
import type { Gateway } from './plan/gateway.js'
import type { RequestHolder } from './subgraphs/request-holder.js'
import { takeFromLimits } from './take-from-limits.js'

export type Answer = {
  data?: Record<string, unknown> | null
  errors?: ClientError[]
}

export type AnswerOperation = (
  body: GraphQLBody,
  holder: RequestHolder,
) => Promise<{ answer: Answer; facts: OperationFacts; allowance: Allowance | null }>

type Deps = {
  runFiltered: RunFiltered
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
  runFiltered,
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
  function noteUnlisted(query: string, { rootFields }: OperationFacts, { caller }: RequestHolder): void {
    if (rulesNow().safelist !== 'log' || safelist.lists(query)) return
    const fields = rootFields.map(({ name }) => name)
    log.warn({ event: 'operation.unlisted', requestId: caller.requestId, fields })
  }

  function note({ code }: AppError, { caller }: RequestHolder, { field }: Seen): void {
    refusals.note({ code, field, viewer: caller.viewer, ip: caller.clientIp })
  }

  /** What of a query its caller may not ask, where it runs all the same. */
  function judge({ facts, variables }: Judged, holder: RequestHolder, seen: Seen) {
    const { viewer } = holder.caller
    const refused = authorize(facts, viewer, { variables })
    if (!refused) return null
    seen.field = deniedField(facts, viewer, { variables }) ?? seen.field
    // Nothing half happens: what changes something is refused whole.
    if (rulesNow().authorization === 'reject' || facts.operation !== 'query') throw refused
    note(refused, holder, seen)
    return denialsOf(facts, viewer, { variables })
  }

  async function answer(asked: GraphQLBody, holder: RequestHolder, seen: Seen) {
    const rules = rulesNow()
    const { query, facts } = admitDocument(asked, rules, { readDocument, safelist, introspection })
    seen.field = firstField(facts)
    noteUnlisted(query, facts, holder)
    const body = { ...asked, query }
    const denials = judge({ facts, variables: body.variables }, holder, seen)
    const allowance = await takeFromLimits({ edgeLimits, limiter }, { facts, body, holder, rules })

    holder.startsSession = facts.startsSession?.name ?? null
    const execute = (operation: typeof body) => gateway.execute(operation, { holder })
    const { data, errors = [] } = denials
      ? await runFiltered(body, { denials, variableDefaults: facts.variableDefaults, execute })
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
    const seen: Seen = { field: '' }
    try {
      return await answer(asked, holder, seen)
    } catch (error) {
      if (error instanceof AppError) note(error, holder, seen)
      throw error
    }
  }
}

type Judged = { facts: OperationFacts; variables: GraphQLBody['variables'] }

/** The field at the top that a refusal is about, for the audit log. */
type Seen = { field: string }

const firstField = ({ rootFields }: OperationFacts): string =>
  rootFields.find(({ name }) => !name.startsWith('__'))?.name ?? ''
