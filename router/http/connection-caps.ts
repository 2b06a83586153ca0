import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkKey } from '../../subgraphs/shared/limiter/network-key.js'
import { clientsCutOff } from '../../subgraphs/shared/metrics/registry.js'
import type { CurrentRules } from '../edge/edge-rules.js'

const REFUSAL =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

type Options = {
  rulesNow: CurrentRules
  /** Behind proxies every connection is one of theirs, and tells nothing of the client. */
  isBehindProxy: boolean
}

/** Holds no more connections than it may (SECURITY 2.9): one more is told so and closed before a byte of it is read. */
export function capConnections(server: Server, { rulesNow, isBehindProxy }: Options): void {
  const open = new Map<string, number>()
  let total = 0

  // Ahead of Node's own listener, which would start to read.
  server.prependListener('connection', (socket: Socket) => {
    const { connections } = rulesNow()
    const network = networkKey(socket.remoteAddress ?? '')
    const ofNetwork = open.get(network) ?? 0
    const isFull = total >= connections.total
    if (isFull || (!isBehindProxy && ofNetwork >= connections.perNetwork)) {
      clientsCutOff.inc({ reason: isFull ? 'too-many-in-all' : 'too-many-of-network' })
      return turnAway(socket)
    }

    total += 1
    open.set(network, ofNetwork + 1)
    socket.once('close', () => {
      total -= 1
      const left = (open.get(network) ?? 1) - 1
      if (left > 0) open.set(network, left)
      else open.delete(network)
    })
  })
}

/** A client that is gone already, or never reads, is no reason to keep the socket. */
function turnAway(socket: Socket): void {
  socket.on('error', () => socket.destroy())
  socket.end(REFUSAL, () => socket.destroy())
}
