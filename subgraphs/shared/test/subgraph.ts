import { buildSubgraphSchema } from '@apollo/subgraph'
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js'
import { parse } from 'graphql'
import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { answerCalls } from '../calls/transport.js'
import { AppError } from '../errors/app-error.js'
import { PRELUDE } from '../graphql/prelude.js'
import { type RequestContext, requestContext } from '../graphql/request-context.js'
import type { Subgraph } from '../runtime/subgraph.js'

const SDL = `${PRELUDE}
  type Query { whoAsks: String cookie: String }
  type User @key(fields: "id") { id: ID! }`

/** Calls of a pretended `users`, which auth alone may make. */
export const someCalls = defineCalls('users', {
  double: {
    callers: ['auth'],
    input: z.object({ n: z.number() }),
    output: z.object({ twice: z.number() }),
  },
  nobody: { callers: ['auth'], input: z.object({}), output: z.null() },
  refuse: { callers: ['auth'], input: z.object({}), output: z.null() },
  fail: { callers: ['auth'], input: z.object({}), output: z.null() },
})

export const someHandlers = () =>
  answerCalls(someCalls, {
    // Says more than the contract: what a client parses holds only what was promised.
    double: async ({ n }) => ({ twice: n * 2, hidden: 'hunter2' }),
    nobody: async () => null,
    refuse: async () => {
      throw new AppError('SERVICE_UNAVAILABLE')
    },
    fail: async () => {
      throw new Error('hunter2')
    },
  })

/** A subgraph of two fields and an entity, for tests of what lies around every subgraph. */
export function someSubgraph(): Subgraph {
  const resolvers: GraphQLResolverMap<RequestContext> = {
    Query: {
      whoAsks: (_, __, { viewer }) => viewer?.userId ?? 'nobody',
      cookie: (_, __, { cookies }) => cookies.refreshToken ?? null,
    },
    User: { __resolveReference: ({ id }) => ({ id }) },
  }
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: resolvers as GraphQLResolverMap<unknown>, // the library fixes no context
  })
  return {
    name: 'users',
    schema,
    typeDefs: SDL,
    context: requestContext,
    calls: someHandlers(),
    start: async () => {},
    stop: async () => {},
    readyAt: async () => Date.now(),
  }
}
