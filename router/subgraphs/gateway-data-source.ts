import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { ERROR_MESSAGES } from '../../subgraphs/shared/errors/codes.js'
import type { SubgraphResponse } from '../../subgraphs/shared/graphql/executor.js'
import type { NewViewerVerifier } from '../../subgraphs/shared/identity/new-viewer.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { subgraphFetches } from '../../subgraphs/shared/metrics/registry.js'
import { withinTime } from '../within-time.js'
import type { DataSource, SubgraphFetch } from './data-source.js'
import { applyEffects, SESSION_OWNER } from './effects.js'
import type { RequestHolder, RouterContext } from './request-holder.js'

const TIMEOUT_MS = 5000

type Answer = Pick<SubgraphResponse, 'data' | 'errors'>

type Options = { name: string; source: DataSource; verifyNewViewer: NewViewerVerifier; log: Logger }

/**
 * What the gateway calls for each fetch of its plan.
 *
 * A subgraph that is away or broken is an error of its own fields and not of the whole operation, so nothing is
 * thrown: the gateway would tell the client what was.
 */
export class GatewayDataSource implements GraphQLDataSource<RouterContext> {
  constructor(private readonly options: Options) {}

  async process({ request, context }: GraphQLDataSourceProcessOptions<RouterContext>) {
    const { name, log } = this.options
    const { holder } = context as RouterContext // every operation is executed with one
    const fetch: SubgraphFetch = {
      query: request.query ?? '',
      variables: request.variables,
      operationName: request.operationName,
      ...visibleTo(name, holder),
    }

    try {
      const answer = await this.ask(fetch, holder)
      subgraphFetches.inc({ subgraph: name, outcome: answer.errors ? 'errors' : 'ok' })
      return forGateway(answer)
    } catch (err) {
      subgraphFetches.inc({ subgraph: name, outcome: 'failed' })
      log.error({ event: 'subgraph.failed', subgraph: name, requestId: holder.caller.requestId, err })
      return forGateway({ errors: [describe(err)] })
    }
  }

  private async ask(fetch: SubgraphFetch, holder: RequestHolder): Promise<Answer> {
    const { name, source, verifyNewViewer } = this.options
    const { data, errors, extensions } = await withinTime(TIMEOUT_MS, source.fetch(fetch))
    await applyEffects(extensions, { ...fetch, subgraph: name }, { holder, verify: verifyNewViewer })
    return { ...(data !== undefined && { data }), ...(errors && { errors }) }
  }
}

/** The gateway's type says errors come as instances; what it reads of them is what is written here. */
const forGateway = (answer: Answer) => answer as Awaited<ReturnType<GraphQLDataSource['process']>>

function visibleTo(name: string, { caller, cookies, idempotencyKey }: RequestHolder) {
  return {
    caller,
    ...(name === SESSION_OWNER && { cookies }),
    ...(idempotencyKey !== null && { idempotencyKey }),
  }
}

function describe(error: unknown) {
  const code = error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR'
  const details = error instanceof AppError ? error.details : {}
  return { message: ERROR_MESSAGES[code], extensions: { code, ...details } }
}
