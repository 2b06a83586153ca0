import { readRouterEnv } from '../router/env.js'
import { readSupergraphConfig } from '../router/plan/read-supergraph-config.js'
import { createRouter } from '../router/router.js'
import { createHttpDataSource } from '../router/subgraphs/http-data-source.js'
import { createInProcessDataSource } from '../router/subgraphs/in-process-data-source.js'
import { type AllSubgraphs, createAll } from '../subgraphs/all.js'
import { SettingsError } from '../subgraphs/shared/env/read-env.js'
import { createAssertionSigner } from '../subgraphs/shared/identity/assertion.js'
import { createLogger } from '../subgraphs/shared/log/logger.js'
import { stopOnSignal } from '../subgraphs/shared/runtime/stop-on-signal.js'
import { stopWithNpm } from './stop-with-npm.js'
import { prepareSurroundings, STOP_ALL_MS, type Surroundings } from './surroundings.js'
import { welcome } from './welcome.js'

// Everything in one process: what `npm start` runs.

const startedAt = performance.now()
const log = createLogger({ level: process.env['LOG_LEVEL'] ?? 'info' })

async function start(): Promise<void> {
  const surroundings = await prepareSurroundings(process.env, (line) => log.debug({ event: 'service', line }))
  try {
    const all = await createAll(surroundings.env, log)
    const router = await startRouter(surroundings, all)
    await all.start()
    process.stdout.write(`${welcome(surroundings, startedAt)}\n`)

    stopWithNpm()
    const stop = async () => {
      await router.stop()
      await all.stop()
      await surroundings.stop()
    }
    stopOnSignal(log, stop, STOP_ALL_MS)
  } catch (error) {
    await surroundings.stop()
    throw error
  }
}

async function startRouter({ env: source }: Surroundings, all: AllSubgraphs) {
  const env = readRouterEnv(source)
  const routerLog = log.child({ part: 'router' })
  const places = await readSupergraphConfig(env.SUPERGRAPH_CONFIG)
  const sign = await createAssertionSigner('router', env.ROUTER_PRIVATE_KEY)
  const byName = new Map(all.subgraphs.map((subgraph) => [subgraph.name as string, subgraph]))

  const router = await createRouter({
    env,
    log: routerLog,
    // What runs is what composes, also where a committed schema file is stale.
    subgraphs: places.map((place) => ({
      ...place,
      typeDefs: byName.get(place.name)?.typeDefs ?? place.typeDefs,
    })),
    // Another team's subgraph runs somewhere else.
    sourceOf: (place) => createInProcessDataSource(place, byName, log) ?? createHttpDataSource(place, sign),
    calls: all.transports('router'),
    readiness: async () =>
      Object.fromEntries(
        await Promise.all(all.subgraphs.map(async ({ name, readyAt }) => [name, (await readyAt()) !== null])),
      ),
  })
  await router.start()
  return router
}

start().catch((error: unknown) => {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`)
  else log.fatal({ event: 'start.failed', err: error })
  process.exit(1)
})
