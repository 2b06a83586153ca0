import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import type { AnyCallHandlers } from '../../../subgraphs/shared/calls/transport.js'
import type { SubgraphName } from '../../../subgraphs/shared/contracts/subgraph-names.js'
import { PRELUDE } from '../../../subgraphs/shared/graphql/prelude.js'
import {
  type RequestContext,
  requestContext,
  type SubgraphRequest,
} from '../../../subgraphs/shared/graphql/request-context.js'
import type { Subgraph } from '../../../subgraphs/shared/runtime/subgraph.js'

type Resolve = (source: never, args: never, context: RequestContext) => unknown

export type Resolvers = Record<string, Record<string, Resolve>>

export type StubSubgraph = Subgraph & {
  /** Every request that reached it. */
  requests: SubgraphRequest[]
}

/** A subgraph made of its SDL and a few functions, with nothing behind it. */
export function stubSubgraph(name: SubgraphName, sdl: string, resolvers: Resolvers): StubSubgraph {
  const typeDefs = `${PRELUDE}\n${sdl}`
  const requests: SubgraphRequest[] = []
  const calls: AnyCallHandlers = { owner: name, definitions: {}, handlers: {} }

  return {
    name,
    typeDefs,
    // Apollo's type has one shape for fields and another for references; the stubs hold both.
    schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
    context: (request) => {
      requests.push(request)
      return requestContext(request)
    },
    calls,
    requests,
    start: async () => {},
    stop: async () => {},
    readyAt: async () => Date.now(),
  }
}
