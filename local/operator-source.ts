import { type EnvSource, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { developmentKeys } from './development-keys.js'
import { readLocalEnv } from './env.js'
import { findPostgres } from './services/postgres-url.js'

/** What an operator's task runs with: as set, as derived from the owner's, or that of a database started here. */
export async function operatorSource(source: EnvSource): Promise<EnvSource> {
  const { DATA_DIR: dataDir, NODE_ENV, PORT } = readLocalEnv(source)
  // In production nothing of a laptop's data folder is looked for, or made.
  const owner = NODE_ENV === 'production' ? null : (source['DATABASE_URL'] ?? (await findPostgres(dataDir)))
  const made = owner
    ? { ...(await developmentKeys(dataDir)), DATABASE_URL: owner, PUBLIC_URL: `http://localhost:${PORT}` }
    : {}
  return withDatabaseUrls({ ...made, ...source })
}
