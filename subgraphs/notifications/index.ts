import { peerUrls } from '../shared/env/fragments.js'
import { runSubgraph } from '../shared/runtime/run-subgraph.js'
import { readNotificationsEnv } from './env.js'
import { createNotificationsSubgraph } from './subgraph.js'

const env = readNotificationsEnv()

await runSubgraph({
  name: 'notifications',
  port: env.NOTIFICATIONS_PORT,
  host: env.SUBGRAPH_HOST,
  logLevel: env.LOG_LEVEL,
  privateKey: env.NOTIFICATIONS_PRIVATE_KEY,
  internalJwks: env.INTERNAL_JWKS,
  peers: peerUrls(env),
  create: (transport, log) => createNotificationsSubgraph(env, { transport, log }),
})
