import fastify, { type FastifyInstance } from 'fastify'
import { parse } from 'graphql'
import { pino } from 'pino'
import { Pool } from 'undici'
import { EdgeRules } from '../router/edge/edge-rules.js'
import { readRouterEnv } from '../router/env.js'
import type { OperationFacts } from '../router/guard/facts.js'
import { analyseOperation } from '../router/guard/operation-facts.js'
import { addAccessLog } from '../router/http/access-log.js'
import { createCookies } from '../router/http/cookies.js'
import { addGraphQLRoute } from '../router/http/graphql-route.js'
import { createServer } from '../router/http/server.js'
import { PUBLIC_URL } from '../router/identity/test/tokens.js'
import type { SubgraphSource } from '../router/plan/compose.js'
import { createGateway } from '../router/plan/gateway.js'
import { loadSupergraph } from '../router/plan/supergraph.js'
import { createRouter } from '../router/router.js'
import type { SubgraphFetch } from '../router/subgraphs/data-source.js'
import { createHttpDataSource } from '../router/subgraphs/http-data-source.js'
import { jwksOf, type TestKey } from '../router/subgraphs/test/keys.js'
import { createAssertionSigner } from '../subgraphs/shared/identity/assertion.js'
import { someViewer } from '../subgraphs/shared/test/requests.js'

type Serving = { url: string; stop(): Promise<void> }

const log = pino({ level: 'silent' })

/** Our router in front of these subgraphs: as it is, or with the same bare data source behind as what it is compared with. */
export async function startRouter(
  subgraphs: readonly SubgraphSource[],
  keys: { router: TestKey; tokens: TestKey },
  behind: 'as it is' | 'bare',
): Promise<Serving & { healthUrl: string }> {
  const sign = await createAssertionSigner('router', keys.router.privateJwk)
  const answers: Record<string, unknown> = {
    signingKeys: jwksOf(keys.tokens),
    grantKeys: { keys: [] },
    endedSessions: { sessionIds: [], accessVersions: [], keyIds: null, cursor: 'c' },
    recordRefusals: {},
  }
  const router = await createRouter({
    env: readRouterEnv({
      ...{ NODE_ENV: 'test', PORT: '0', MANAGEMENT_PORT: '0', PUBLIC_URL, TRUSTED_PROXY_HOPS: '1' },
      INTERNAL_JWKS: JSON.stringify(jwksOf(keys.router)),
      ROUTER_PRIVATE_KEY: JSON.stringify(keys.router.privateJwk),
    }),
    log,
    subgraphs,
    sourceOf: (place) => (behind === 'bare' ? bareSource(place) : createHttpDataSource(place, sign)),
    calls: { call: async (_, name) => answers[name] },
    readiness: async () => ({}),
  })
  const { port, managementPort } = await router.start()
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    healthUrl: `http://127.0.0.1:${managementPort}/healthz`,
    stop: router.stop,
  }
}

/** The same gateway on a server that does nothing more, with the barest of data sources behind. */
export async function startBare(subgraphs: readonly SubgraphSource[]): Promise<Serving> {
  const { gateway, stop } = await openGateway(subgraphs)
  const server = fastify({ logger: false })
  server.post('/graphql', async ({ body }, reply) => {
    const operation = body as { query: string; variables?: Record<string, unknown> } // from our own hand
    const answer = await gateway.execute(operation, { holder: undefined as never })
    return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
  })
  return serve(server, stop)
}

/**
 * The same gateway served as the router serves it: ids, headers, cookies, clocks, metrics, access log. Everybody is let in as one
 * and the same person, nothing is counted, no document is looked at, and no fetch is vouched for.
 */
export async function startUnguarded(subgraphs: readonly SubgraphSource[]): Promise<Serving> {
  const { gateway, stop } = await openGateway(subgraphs)
  const facts = factsOfNothing(subgraphs)
  const server = createServer({ trustedHops: 1, log })
  const everybody = { viewer: someViewer(), accessVersion: 1 }
  addGraphQLRoute(server, {
    async answer({ query, variables, operationName }, holder) {
      const operation = { query: String(query), variables, operationName }
      const { data = null } = await gateway.execute(operation, { holder })
      return { answer: { data }, facts, allowance: null }
    },
    verifyAccessToken: async () => everybody,
    endedSessions: { isRefused: async () => false, poke: () => {} },
    refusals: { note: () => {} },
    cookies: createCookies(PUBLIC_URL),
    isAllowedOrigin: () => false,
    showHints: false,
    accessLog: addAccessLog(server, log),
  })
  return serve(server, stop)
}

async function openGateway(subgraphs: readonly SubgraphSource[]) {
  const { sdl } = loadSupergraph(subgraphs)
  const sources = new Map(subgraphs.map((place) => [place.name, bareSource(place)]))
  const gateway = createGateway({
    ...{ supergraphSdl: sdl, introspection: false, log },
    dataSourceOf: (name) => ({
      process: async ({ request }) => sources.get(name)?.fetch(request as never) as never, // it reads nothing more
    }),
  })
  await gateway.start()
  const stop = async () => {
    await gateway.stop()
    await Promise.all([...sources.values()].map((source) => source.stop()))
  }
  return { gateway, stop }
}

/** Believes whatever comes, vouches for nobody, waits for ever. */
function bareSource({ url }: SubgraphSource) {
  const pool = new Pool(new URL(url).origin, { connections: 64 })
  return {
    async fetch({ query, variables, operationName }: SubgraphFetch) {
      const { body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables, operationName }),
      })
      return JSON.parse(await body.text())
    },
    stop: () => pool.close(),
  }
}

/** The route wants to know what was asked, for the access log. */
function factsOfNothing(subgraphs: readonly SubgraphSource[]): OperationFacts {
  const { schema, rules } = loadSupergraph(subgraphs)
  const { documents } = EdgeRules.parse({})
  const read = analyseOperation(parse('{ __typename }'), undefined, schema, rules, documents)
  if (read.kind === 'rejected') throw new Error(read.reason)
  return read.facts
}

async function serve(server: FastifyInstance, stop: () => Promise<void>): Promise<Serving> {
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `${address}/graphql`,
    async stop() {
      await server.close()
      await stop()
    },
  }
}
