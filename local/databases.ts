import { SCHEMAS } from '../subgraphs/all.js'
import { SUBGRAPH_NAMES } from '../subgraphs/shared/contracts/subgraph-names.js'
import { prepareSchema } from '../subgraphs/shared/database/prepare.js'
import { type EnvSource, SettingsError, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { prepareQueue } from '../subgraphs/shared/queue/prepare.js'

/** Brings every schema up to date as the owner of the database, and makes the roles the subgraphs connect with. */
export async function prepareDatabases(source: EnvSource): Promise<void> {
  const env = withDatabaseUrls(source)
  const owner = env['DATABASE_URL']
  if (!owner) throw new SettingsError(['DATABASE_URL: the owner of the database is needed to migrate'])
  const missing = SUBGRAPH_NAMES.map(urlSetting).filter((setting) => !env[setting])
  if (missing.length > 0)
    throw new SettingsError(
      missing.map((setting) => `${setting}: needed where there is no DATABASE_ROLE_KEY`),
    )

  for (const name of SUBGRAPH_NAMES) {
    const url = env[urlSetting(name)]
    if (url) await prepareSchema(owner, SCHEMAS[name](url))
  }
  if (!env['REDIS_URL'] && env['QUEUE_DATABASE_URL']) await prepareQueue(owner, env['QUEUE_DATABASE_URL'])
}

const urlSetting = (name: string): string => `${name.toUpperCase()}_DATABASE_URL`
