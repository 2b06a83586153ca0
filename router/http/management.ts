import fastify, { type FastifyInstance } from 'fastify'
import { metrics } from '../../subgraphs/shared/metrics/registry.js'

export type Readiness = () => Promise<Record<string, boolean>>

/** Health and metrics, on a listener of their own that is never public (SECURITY 12.6). */
export function createManagement(readiness: Readiness): FastifyInstance {
  const server = fastify({ logger: false })

  server.get('/healthz', async () => ({ status: 'alive' }))
  server.get('/readyz', async (_, reply) => {
    const parts = await readiness()
    const isReady = Object.values(parts).every(Boolean)
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ready' : 'not ready', parts })
  })
  server.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.metrics()))
  return server
}
