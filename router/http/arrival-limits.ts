import type { FastifyInstance } from 'fastify'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import type { EdgeLimits, EdgeTaken } from '../guard/edge-limits.js'
import type { Refusals } from '../guard/refusals.js'
import { tellAllowance } from './allowance.js'
import { clientIp } from './client-ip.js'
import { pathOf } from './firewall.js'
import { refuse } from './graphql-route.js'
import { STATUS } from './status-codes.js'

/** Counts every request as it arrives, also one that is refused for something else. */
export function addArrivalLimits(
  server: FastifyInstance,
  { edgeLimits, refusals }: { edgeLimits: Pick<EdgeLimits, 'arrive'>; refusals: Pick<Refusals, 'note'> },
): void {
  server.addHook('onRequest', async (request, reply) => {
    const ip = clientIp(request)
    const taken = await edgeLimits.arrive(ip, pathOf(request.url))
    if (taken.kind !== 'unavailable') tellAllowance(reply, taken.allowance)
    const error = refusalOf(taken)
    if (!error) return
    refusals.note({ code: error.code, field: '', viewer: null, ip })
    return refuse(request, reply, error, STATUS[error.code])
  })
}

function refusalOf(taken: EdgeTaken): AppError | null {
  switch (taken.kind) {
    case 'ok':
      return null
    case 'limited':
      return new AppError('RATE_LIMITED', { retryAfterSeconds: taken.retryAfterSeconds })
    case 'unavailable':
      return new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
  }
}
