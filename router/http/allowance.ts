import type { FastifyReply } from 'fastify'
import type { Allowance } from '../guard/edge-limits.js'

/** Headers of the limit that the client is closest to (draft-ietf-httpapi-ratelimit-headers-06). */
export function tellAllowance(reply: FastifyReply, allowance: Allowance | null): void {
  if (!allowance || isCloser(reply, allowance)) return
  reply.header('ratelimit-limit', String(allowance.limit))
  reply.header('ratelimit-remaining', String(allowance.remaining))
  reply.header('ratelimit-reset', String(allowance.resetSeconds))
}

/** Whether what was told before, as the request arrived, is closer to its end. */
function isCloser(reply: FastifyReply, { limit, remaining }: Allowance): boolean {
  const [told, left] = [reply.getHeader('ratelimit-limit'), reply.getHeader('ratelimit-remaining')].map(
    Number,
  )
  return told !== undefined && left !== undefined && left / told <= remaining / limit
}
