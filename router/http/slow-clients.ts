import type { FastifyInstance } from 'fastify'
import { clientsCutOff } from '../../subgraphs/shared/metrics/registry.js'
import type { CurrentRules } from '../edge/edge-rules.js'

/**
 * Cuts off who takes too long: to send a request, between two of them, or to take an answer (SECURITY 2.9). A connection that
 * is held for nothing costs its holder nothing, and us one of those that we have.
 *
 * Headers, body and rest between requests Node watches itself, once it is told how long. It lets an answer lie for ever.
 */
export function cutSlowClients(server: FastifyInstance, rulesNow: CurrentRules): void {
  const adopt = () => {
    const { headersSeconds, requestSeconds, idleSeconds } = rulesNow().connections
    server.server.headersTimeout = headersSeconds * 1000
    server.server.requestTimeout = requestSeconds * 1000
    server.server.keepAliveTimeout = idleSeconds * 1000
  }
  adopt()
  server.server.prependListener('connection', adopt)

  server.addHook('onSend', async ({ raw: { socket } }, { raw: answer }) => {
    // Who left before will not close again.
    if (socket.destroyed) return
    // One time for all of it: a client that takes a byte now and then takes it for ever.
    const timer = setTimeout(() => {
      clientsCutOff.inc({ reason: 'slow-answer' })
      socket.destroy()
    }, rulesNow().connections.answerSeconds * 1000)
    timer.unref()
    answer.once('close', () => clearTimeout(timer))
  })
}
