import type { SubgraphResponse } from '../../subgraphs/shared/graphql/executor.js'
import type { CookieValues } from '../../subgraphs/shared/graphql/request-context.js'
import type { Caller } from '../../subgraphs/shared/identity/viewer.js'

/** A subgraph as the supergraph names it. */
export type SubgraphPlace = { name: string; url: string; typeDefs: string }

/** One question of the plan to one subgraph, with everything it may know of the request. */
export type SubgraphFetch = {
  query: string
  variables?: Record<string, unknown> | undefined
  operationName?: string | undefined
  caller: Caller
  cookies?: CookieValues
  idempotencyKey?: string
}

/** Carries fetches to one subgraph: a function call within one process, HTTP between processes. */
export type DataSource = {
  /** Throws AppError SERVICE_UNAVAILABLE when the subgraph cannot be reached, anything else when it is broken. */
  fetch(request: SubgraphFetch): Promise<SubgraphResponse>
  stop?(): Promise<void>
}
