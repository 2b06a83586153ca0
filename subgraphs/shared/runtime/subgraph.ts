import type { GraphQLSchema } from 'graphql'
import type { AnyCallHandlers } from '../calls/transport.js'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import type { RequestContext, SubgraphRequest } from '../graphql/request-context.js'

/** What `index.ts`, `all.ts` and the router know how to serve. */
export type Subgraph = {
  name: SubgraphName
  schema: GraphQLSchema
  /** What it owns, in federation's SDL. */
  typeDefs: string
  /** What its resolvers are handed for one request. */
  context: (request: SubgraphRequest) => RequestContext
  /** What it answers other subgraphs at once. */
  calls: AnyCallHandlers
  /** Starts what runs beside requests: relay, workers, sweepers. */
  start(): Promise<void>
  stop(): Promise<void>
  /** The time of its database, in milliseconds, where what it stands on answers and the clock here agrees; else null. */
  readyAt(): Promise<number | null>
}
