import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from '../../subgraphs/shared/log/logger.js'

type Note = { operation: string; name?: string; fields: string[] }

export type AccessLog = { note(request: FastifyRequest, note: Note): void }

/** One line a request: what was asked and how it went; no address, header, document or variable. */
export function addAccessLog(server: FastifyInstance, log: Logger): AccessLog {
  const notes = new WeakMap<FastifyRequest, Note>()

  server.addHook('onResponse', async (request, reply) => {
    log.info({
      event: 'request',
      requestId: request.id,
      method: request.method,
      path: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      ...notes.get(request),
    })
  })

  return {
    note: (request, note) => {
      notes.set(request, note)
    },
  }
}
