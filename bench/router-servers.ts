import fastify from 'fastify'
import { pino } from 'pino'
import { Pool } from 'undici'
import { readRouterEnv } from '../router/env.js'
import { PUBLIC_URL } from '../router/identity/test/tokens.js'
import type { SubgraphSource } from '../router/plan/compose.js'
import { createGateway } from '../router/plan/gateway.js'
import { loadSupergraph } from '../router/plan/supergraph.js'
import { createRouter } from '../router/router.js'
import { createHttpDataSource } from '../router/subgraphs/http-data-source.js'
import { jwksOf, type TestKey } from '../router/subgraphs/test/keys.js'
import { createAssertionSigner } from '../subgraphs/shared/identity/assertion.js'

type Serving = { url: string; stop(): Promise<void> }

const log = pino({ level: 'silent' })

/** Our router as it is, in front of these subgraphs. */
export async function startRouter(
  subgraphs: readonly SubgraphSource[],
  keys: { router: TestKey; tokens: TestKey },
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
    sourceOf: (place) => createHttpDataSource(place, sign),
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

/** The same gateway on the same server, with nothing in front of it and the barest of data sources behind. */
export async function startBare(subgraphs: readonly SubgraphSource[]): Promise<Serving> {
  const { sdl } = loadSupergraph(subgraphs)
  const pools = new Map(
    subgraphs.map(({ name, url }) => [name, new Pool(new URL(url).origin, { connections: 64 })]),
  )
  const gateway = createGateway({
    ...{ supergraphSdl: sdl, introspection: false, log },
    dataSourceOf: (name) => ({
      async process({ request: { query, variables, operationName } }) {
        const answer = await pools.get(name)?.request({
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables, operationName }),
        })
        return JSON.parse((await answer?.body.text()) ?? '')
      },
    }),
  })
  await gateway.start()
  const server = fastify({ logger: false })
  server.post('/graphql', async ({ body }, reply) => {
    const operation = body as { query: string; variables?: Record<string, unknown> } // from our own hand
    const answer = await gateway.execute(operation, { holder: undefined as never })
    return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(answer))
  })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  return {
    url: `${address}/graphql`,
    async stop() {
      await server.close()
      await gateway.stop()
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}
