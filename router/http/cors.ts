import type { FastifyInstance } from 'fastify'
import type { CurrentRules } from '../edge/edge-rules.js'

/** Whether a browser at this origin may send requests. Compared letter by letter: no ending, no beginning, no `null`. */
export type IsAllowedOrigin = (origin: string) => boolean

/** Those of the settings, and those of `router.yaml` as it stands now. */
export function makeIsAllowedOrigin(settings: readonly string[], rulesNow: CurrentRules): IsAllowedOrigin {
  const fixed = new Set(settings)
  return (origin) => fixed.has(origin) || rulesNow().cors.origins.includes(origin)
}

type Options = { isAllowed: IsAllowedOrigin; rulesNow: CurrentRules }

/** Answers listed origins by name and nobody else: never `*`, never whatever was sent (SECURITY 2.2). */
export function addCors(server: FastifyInstance, { isAllowed, rulesNow }: Options): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    const { credentials, exposedHeaders } = rulesNow().cors
    reply.header('vary', 'Origin')
    if (!origin || !isAllowed(origin)) return
    reply.header('access-control-allow-origin', origin)
    if (credentials) reply.header('access-control-allow-credentials', 'true')
    reply.header('access-control-expose-headers', exposedHeaders.join(', '))
  })

  server.options('/graphql', async ({ headers: { origin } }, reply) => {
    if (origin && isAllowed(origin)) {
      reply
        .header('access-control-allow-methods', 'GET, POST')
        .header('access-control-allow-headers', 'authorization, content-type, idempotency-key')
        .header('access-control-max-age', String(rulesNow().cors.maxAgeSeconds))
    }
    return reply.code(204).send()
  })
}
