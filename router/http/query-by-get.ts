import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { answerHttp, type GraphQLDeps, refuseOtherTypes } from './graphql-route.js'
import { type GraphQLBody, readBody } from './read-request.js'

/** What else a browser is shown at this address. */
type Page = (reply: FastifyReply) => Promise<FastifyReply>

/** Strings alone: what comes twice means nothing, and a document comes by POST. */
const Parameters = z.object({
  query: z.undefined().optional(),
  documentId: z.string().optional(),
  operationName: z.string().optional(),
  variables: z.string().optional(),
  extensions: z.string().optional(),
})

/** Of one request, and not of the next that is given the same answer by a cache. */
const OF_ONE_CLIENT = ['x-request-id', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']

/**
 * GET /graphql: a persisted query by its id, whose answer anybody may keep; the explorer, in a browser; else 405.
 *
 * It asks for the same header as POST, so no page of another origin sends one without asking (SECURITY 2.2). What is private
 * gains nothing by GET, and would leave its variables in logs and histories.
 */
export function addQueryByGet(server: FastifyInstance, deps: GraphQLDeps, page: Page | null): void {
  server.get('/graphql', {
    // One is made for each GET, and would run the query to throw the answer away.
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      // Whoever bears a token is not answered by a cache: a bad one is refused, whatever it asks (SECURITY 1.4).
      reply.header('vary', 'Origin, Accept, Authorization')
      if (isById(request)) return refuseOtherTypes(request, reply)
      if (page === null || !request.headers.accept?.includes('text/html')) {
        return reply.code(405).header('allow', 'POST').send()
      }
    },
    onSend: async (_, reply) => {
      if (!String(reply.getHeader('cache-control')).startsWith('public')) return
      for (const name of OF_ONE_CLIENT) reply.removeHeader(name)
    },
    handler: (request, reply) =>
      page === null || isById(request)
        ? answerHttp(request, reply, { ...deps, read: () => ({ ...readParameters(request), byGet: true }) })
        : page(reply),
  })
}

function isById({ query }: FastifyRequest): boolean {
  const { data } = Parameters.safeParse(query)
  return data?.documentId !== undefined || data?.extensions !== undefined
}

/** Read like a body, once the parts that are JSON have been. */
function readParameters({ query }: FastifyRequest): GraphQLBody {
  const { variables, extensions, ...texts } = Parameters.parse(query)
  return readBody({ ...texts, variables: fromJson(variables), extensions: fromJson(extensions) })
}

function fromJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text, refusePrototypes)
  } catch {
    throw new AppError('BAD_USER_INPUT')
  }
}

/** As the reader of bodies does. */
function refusePrototypes(key: string, value: unknown): unknown {
  const isPrototype = key === 'constructor' && Object.hasOwn(Object(value), 'prototype')
  if (key === '__proto__' || isPrototype) throw new SyntaxError('a key that is no name of ours')
  return value
}
