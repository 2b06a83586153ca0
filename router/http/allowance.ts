import type { FastifyReply } from 'fastify'
import type { Allowance } from '../guard/edge-limits.js'

/** Headers of the limit that the client is closest to (draft-ietf-httpapi-ratelimit-headers-06). */
export function tellAllowance(reply: FastifyReply, allowance: Allowance | null): void {
  if (!allowance) return
  reply.header('ratelimit-limit', String(allowance.limit))
  reply.header('ratelimit-remaining', String(allowance.remaining))
  reply.header('ratelimit-reset', String(allowance.resetSeconds))
}
