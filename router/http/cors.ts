import type { FastifyInstance } from 'fastify'

const PREFLIGHT_SECONDS = '600'
const READABLE = 'x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset'

/** Answers listed origins by name and nobody else: never `*`, never whatever was sent (SECURITY 2.2). */
export function addCors(server: FastifyInstance, isAllowed: (origin: string) => boolean): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    reply.header('vary', 'Origin')
    if (!origin || !isAllowed(origin)) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-allow-credentials', 'true')
    reply.header('access-control-expose-headers', READABLE)
  })

  server.options('/graphql', async (_, reply) =>
    reply
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'authorization, content-type, idempotency-key')
      .header('access-control-max-age', PREFLIGHT_SECONDS)
      .code(204)
      .send(),
  )
}
