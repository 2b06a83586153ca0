import { peerUrls } from '../shared/env/fragments.js'
import { runSubgraph } from '../shared/runtime/run-subgraph.js'
import { readOtpEnv } from './env.js'
import { createOtpSubgraph } from './subgraph.js'

const env = readOtpEnv()

await runSubgraph({
  name: 'otp',
  port: env.OTP_PORT,
  host: env.SUBGRAPH_HOST,
  logLevel: env.LOG_LEVEL,
  privateKey: env.OTP_PRIVATE_KEY,
  internalJwks: env.INTERNAL_JWKS,
  peers: peerUrls(env),
  create: (transport, log) => createOtpSubgraph(env, { transport, log }),
})
