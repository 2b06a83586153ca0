import { type EnvSource, SettingsError, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { createUsersOperator } from '../subgraphs/users/subgraph.js'
import { developmentKeys } from './development-keys.js'
import { readLocalEnv } from './env.js'
import { hasCode } from './services/error-code.js'
import { findPostgres } from './services/postgres-url.js'

// npm run admin: what an operator does past the graph, on the database of the settings or of a running `npm start`.

const USAGE = `npm run admin -- create-admin EMAIL   makes the verified account with this address an administrator`

const OUTCOMES = {
  GRANTED: 'is an administrator from the next sign-in or refresh on',
  HELD_BEFORE: 'is an administrator already',
  NOT_VERIFIED: 'has not opened the mail that proves the address; nothing was changed',
  NOT_FOUND: 'has no account; register it first',
  INVALID_EMAIL: 'is no e-mail address',
} as const

async function admin([task, email, ...rest]: string[]): Promise<number> {
  if (task !== 'create-admin' || email === undefined || rest.length > 0) return say(USAGE, 2)

  const operator = createUsersOperator(await usersDatabase(process.env))
  try {
    const outcome = await operator.createAdmin(email)
    return say(`${email} ${OUTCOMES[outcome]}.`, outcome === 'GRANTED' || outcome === 'HELD_BEFORE' ? 0 : 1)
  } finally {
    await operator.stop()
  }
}

/** The connection of users: as set, as derived from the owner's, or that of a database started here. */
async function usersDatabase(source: EnvSource): Promise<string> {
  const { DATA_DIR: dataDir, NODE_ENV } = readLocalEnv(source)
  const set = withDatabaseUrls(source)['USERS_DATABASE_URL']
  if (set) return set

  // In production nothing of a laptop's data folder is looked for, or made.
  const owner = NODE_ENV === 'production' ? null : (source['DATABASE_URL'] ?? (await findPostgres(dataDir)))
  if (!owner) {
    throw new SettingsError(['USERS_DATABASE_URL: needed where no `npm start` has made a database'])
  }
  const derived = withDatabaseUrls({ ...(await developmentKeys(dataDir)), DATABASE_URL: owner })
  const url = derived['USERS_DATABASE_URL']
  if (!url) throw new SettingsError(['USERS_DATABASE_URL: needed where there is no DATABASE_ROLE_KEY'])
  return url
}

function say(line: string, code: number): number {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${line}\n`)
  return code
}

admin(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const reason =
      error instanceof SettingsError
        ? error.message
        : isRefused(error)
          ? 'The database does not answer. Is `npm start` running, or the DATABASE_URL right?'
          : error
    console.error(reason)
    process.exitCode = 1
  },
)

/** Drizzle wraps what the connection said. */
const isRefused = (error: unknown): boolean =>
  hasCode(error, 'ECONNREFUSED') ||
  (error instanceof Error && error.cause !== undefined && isRefused(error.cause))
