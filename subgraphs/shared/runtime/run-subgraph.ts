import type { JSONWebKeySet, JWK } from 'jose'
import { createHttpCalls } from '../calls/http.js'
import type { CallTransport } from '../calls/transport.js'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import type { PeerUrls } from '../env/fragments.js'
import { createAssertionSigner } from '../identity/assertion.js'
import { createLogger, type Logger } from '../log/logger.js'
import { serveSubgraph } from './serve-subgraph.js'
import { stopOnSignal } from './stop-on-signal.js'
import type { Subgraph } from './subgraph.js'

type Options = {
  name: SubgraphName
  port: number
  host: string
  logLevel: string
  privateKey: JWK
  internalJwks: JSONWebKeySet
  peers: PeerUrls
  create: (transport: CallTransport, log: Logger) => Promise<Subgraph>
}

/** Runs one subgraph as a process of its own. */
export async function runSubgraph(options: Options): Promise<void> {
  const log = createLogger({ level: options.logLevel }).child({ part: options.name })
  const transport = createHttpCalls(
    options.peers,
    await createAssertionSigner(options.name, options.privateKey),
  )
  const subgraph = await options.create(transport, log)
  const server = await serveSubgraph({ ...options, subgraph, log })
  await subgraph.start()
  log.info({ event: 'subgraph.ready', port: server.port })

  stopOnSignal(log, async () => {
    await server.stop()
    await subgraph.stop()
    await transport.stop()
  })
}
