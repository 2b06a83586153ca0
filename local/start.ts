import { createRouter } from '../router/router.js'
import { readRouterEnv } from '../router/env.js'
import { readSupergraphConfig } from '../router/plan/read-supergraph-config.js'
import { createInProcessDataSource } from '../router/subgraphs/in-process-data-source.js'
import { createAll } from '../subgraphs/all.js'
import { SettingsError } from '../subgraphs/shared/env/read-env.js'
import { createLogger } from '../subgraphs/shared/log/logger.js'
import { stopOnSignal } from '../subgraphs/shared/runtime/stop-on-signal.js'
import { prepareSurroundings } from './surroundings.js'
import { welcome } from './welcome.js'

// Everything in one process: what `npm start` runs.
