import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import * as z from 'zod'
import { dispatch } from '../calls/in-process.js'
import { AppError } from '../errors/app-error.js'
import { createExecutor, type Executor } from '../graphql/executor.js'
import type { CookieValues } from '../graphql/request-context.js'
import { createAssertionVerifier, type VerifiedAssertion } from '../identity/assertion.js'
import type { Logger } from '../log/logger.js'
import { metrics } from '../metrics/registry.js'
import type { Subgraph } from './subgraph.js'

const BODY_LIMIT = 1024 * 1024

/** The header in which the router hands cookie values to auth. */
export const COOKIES_HEADER = 'usergraph-cookies'

/** The header in which a subgraph that is ready says what time its database has, in milliseconds. */
export const TIME_HEADER = 'usergraph-time'

const GraphQLBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

const Cookies = z.object({ refreshToken: z.string().optional(), deviceToken: z.string().optional() })

type Options = {
  subgraph: Subgraph
  port: number
  /** Loopback unless the operator names a private interface. */
  host: string
  internalJwks: JSONWebKeySet
  log: Logger
}

/** Serves one subgraph to the router and to other subgraphs. Nobody else gets past the first hook. */
export async function serveSubgraph({ subgraph, port, host, internalJwks, log }: Options) {
  const server: FastifyInstance = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    keepAliveTimeout: 65_000,
    requestTimeout: 15_000,
  })
  const execute = createExecutor(subgraph.schema, log)
  const assertions = requireAssertion(server, subgraph, internalJwks)

  addHealth(server, subgraph)
  addGraphQL(server, subgraph, execute, assertions)
  addCalls(server, subgraph, assertions, log)
  await server.listen({ port, host })

  return { port: portOf(server.addresses()[0]) ?? port, stop: () => server.close() }
}

const portOf = (address: AddressInfo | string | undefined) =>
  typeof address === 'object' ? address.port : undefined

/** Runs before a body is read: without a good assertion there is a 401 and nothing else (SECURITY 3.2). */
function requireAssertion(server: FastifyInstance, subgraph: Subgraph, internalJwks: JSONWebKeySet) {
  const verify = createAssertionVerifier(subgraph.name, internalJwks)
  const verified = new WeakMap<FastifyRequest, VerifiedAssertion>()

  server.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' && HEALTH_PATHS.has(request.url)) return
    const assertion = await verify(/^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1])
    if (!assertion) return reply.code(401).send()
    verified.set(request, assertion)
  })

  return (request: FastifyRequest): VerifiedAssertion => {
    const assertion = verified.get(request)
    if (!assertion) throw new Error('a request passed without an assertion')
    return assertion
  }
}

/** What holds no secret and is asked by who watches, on a listener that is never public. */
const HEALTH_PATHS = new Set(['/healthz', '/readyz', '/metrics'])

function addHealth(server: FastifyInstance, subgraph: Subgraph): void {
  server.get('/healthz', (_, reply) => reply.code(204).send())
  server.get('/readyz', async (_, reply) => {
    const at = await subgraph.readyAt()
    return at === null ? reply.code(503).send() : reply.code(204).header(TIME_HEADER, String(at)).send()
  })
  server.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()))
}

function addGraphQL(
  server: FastifyInstance,
  subgraph: Subgraph,
  execute: Executor,
  assertionOf: (request: FastifyRequest) => VerifiedAssertion,
): void {
  server.post('/graphql', async (request, reply) => {
    const { from, caller } = assertionOf(request)
    // Only the router speaks for people; a subgraph's key opens its internal calls and nothing more.
    if (from !== 'router') return reply.code(401).send()
    const body = GraphQLBody.safeParse(request.body)
    if (!body.success) return reply.code(400).send()

    const { query, variables, operationName } = body.data
    const context = subgraph.context({ caller, ...cookiesOf(request), ...idempotencyKeyOf(request) })
    return execute(
      { query, variables: variables ?? undefined, operationName: operationName ?? undefined },
      context,
    )
  })
}

function addCalls(
  server: FastifyInstance,
  subgraph: Subgraph,
  assertionOf: (request: FastifyRequest) => VerifiedAssertion,
  log: Logger,
): void {
  server.post<{ Params: { name: string } }>('/internal/:name', async (request, reply) => {
    const { from, caller } = assertionOf(request)
    const { definitions } = subgraph.calls
    const { name } = request.params
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
    const input = definition?.input.safeParse(request.body)
    if (input && !input.success) return reply.code(400).send({ code: 'BAD_USER_INPUT' })

    try {
      return reply.send(await dispatch(subgraph.calls, from, name, input?.data))
    } catch (error) {
      return sendFailure(reply, error, { requestId: caller.requestId, call: name }, log)
    }
  })
}

function sendFailure(reply: FastifyReply, error: unknown, context: object, log: Logger) {
  if (error instanceof AppError) {
    const status = { SERVICE_UNAVAILABLE: 503, FORBIDDEN: 403, NOT_FOUND: 404 } as Record<string, number>
    return reply.code(status[error.code] ?? 400).send({ code: error.code })
  }
  log.error({ event: 'call.failed', ...context, err: error })
  return reply.code(500).send({ code: 'INTERNAL_SERVER_ERROR' })
}

function cookiesOf(request: FastifyRequest): { cookies?: CookieValues } {
  const header = request.headers[COOKIES_HEADER]
  if (typeof header !== 'string') return {}
  const { refreshToken, deviceToken } = Cookies.parse(JSON.parse(Buffer.from(header, 'base64url').toString()))
  return { cookies: { ...(refreshToken && { refreshToken }), ...(deviceToken && { deviceToken }) } }
}

function idempotencyKeyOf(request: FastifyRequest): { idempotencyKey?: string } {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' && key.length <= 128 ? { idempotencyKey: key } : {}
}
