import { peerUrls } from '../shared/env/fragments.js'
import { runSubgraph } from '../shared/runtime/run-subgraph.js'
import { readAuthEnv } from './env.js'
import { createAuthSubgraph } from './subgraph.js'

const env = readAuthEnv()

await runSubgraph({
  name: 'auth',
  port: env.AUTH_PORT,
  host: env.SUBGRAPH_HOST,
  logLevel: env.LOG_LEVEL,
  privateKey: env.AUTH_PRIVATE_KEY,
  internalJwks: env.INTERNAL_JWKS,
  peers: peerUrls(env),
  create: (transport, log) => createAuthSubgraph(env, { transport, log }),
})
