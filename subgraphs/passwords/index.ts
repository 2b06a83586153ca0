import { peerUrls } from '../shared/env/fragments.js'
import { runSubgraph } from '../shared/runtime/run-subgraph.js'
import { readPasswordsEnv } from './env.js'
import { createPasswordsSubgraph } from './subgraph.js'

const env = readPasswordsEnv()

await runSubgraph({
  name: 'passwords',
  port: env.PASSWORDS_PORT,
  host: env.SUBGRAPH_HOST,
  logLevel: env.LOG_LEVEL,
  privateKey: env.PASSWORDS_PRIVATE_KEY,
  internalJwks: env.INTERNAL_JWKS,
  peers: peerUrls(env),
  create: (transport, log) => createPasswordsSubgraph(env, { transport, log }),
})
