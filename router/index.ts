import { createHttpCalls } from '../subgraphs/shared/calls/http.js'
import type { PeerUrls } from '../subgraphs/shared/env/fragments.js'
import { createAssertionSigner } from '../subgraphs/shared/identity/assertion.js'
import { createLogger } from '../subgraphs/shared/log/logger.js'
import { stopOnSignal } from '../subgraphs/shared/runtime/stop-on-signal.js'
import { readRouterEnv, urlSetting } from './env.js'
import { readSupergraphConfig } from './plan/read-supergraph-config.js'
import { createRouter } from './router.js'
import { createHttpDataSource } from './subgraphs/http-data-source.js'
import { askReadiness } from './subgraphs/readiness.js'

// Runs the router alone; the subgraphs are processes elsewhere.

const env = readRouterEnv()
const log = createLogger({ level: env.LOG_LEVEL }).child({ part: 'router' })
const sign = await createAssertionSigner('router', env.ROUTER_PRIVATE_KEY)
const subgraphs = await readSupergraphConfig(env.SUPERGRAPH_CONFIG)

/** A subgraph is where a setting says, else where the supergraph's file says. */
const places = subgraphs.map((place) => {
  const base = urlSetting(env, place.name)
  return base === null ? place : { ...place, url: new URL('/graphql', base).href }
})
const ownUrls = Object.fromEntries(places.map(({ name, url }) => [name, url])) as PeerUrls // ours are all among them

const calls = createHttpCalls(ownUrls, sign)
const router = await createRouter({
  env,
  log,
  subgraphs: places,
  sourceOf: (place) => createHttpDataSource(place, sign),
  calls,
  readiness: () => askReadiness(places),
})
await router.start()
log.info({ event: 'router.ready', port: env.PORT })

stopOnSignal(log, async () => {
  await router.stop()
  await calls.stop()
})
