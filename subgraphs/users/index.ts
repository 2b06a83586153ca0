import { peerUrls } from '../shared/env/fragments.js'
import { runSubgraph } from '../shared/runtime/run-subgraph.js'
import { readUsersEnv } from './env.js'
import { createUsersSubgraph } from './subgraph.js'

const env = readUsersEnv()

await runSubgraph({
  name: 'users',
  port: env.USERS_PORT,
  host: env.SUBGRAPH_HOST,
  logLevel: env.LOG_LEVEL,
  privateKey: env.USERS_PRIVATE_KEY,
  internalJwks: env.INTERNAL_JWKS,
  peers: peerUrls(env),
  create: (transport, log) => createUsersSubgraph(env, { transport, log }),
})
