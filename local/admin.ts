import { type EnvSource, SettingsError, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { createUsersOperator } from '../subgraphs/users/subgraph.js'
import { developmentKeys } from './development-keys.js'
import { readLocalEnv } from './env.js'
import { hasCode } from './services/error-code.js'
import { findPostgres } from './services/postgres-url.js'

// npm run admin: what an operator does past the graph, on the database of the settings or of a running `npm start`.

const USAGE = `npm run admin -- create-admin EMAIL      makes the verified account with this address an administrator
npm run admin -- give-role EMAIL ROLE    gives it another role, such as support`

const OUTCOMES: Record<Outcome, string> = {
  GRANTED: 'has the role ROLE, and within seconds only tokens that say so',
  HELD_BEFORE: 'has the role ROLE already',
  NOT_VERIFIED: 'has not opened the mail that proves the address; nothing was changed',
  NOT_FOUND: 'has no account; register it first',
  INVALID_EMAIL: 'is no e-mail address',
  UNKNOWN_ROLE: 'was not changed: there is no role ROLE',
}

type Operator = ReturnType<typeof createUsersOperator>
type Outcome = Awaited<ReturnType<Operator['giveRole']>>

async function admin(words: string[]): Promise<number> {
  const gift = readGift(words)
  if (!gift) return say(USAGE, 2)

  const operator = createUsersOperator(await usersDatabase(process.env))
  try {
    const outcome = await operator.giveRole(gift.email, gift.role)
    const done = outcome === 'GRANTED' || outcome === 'HELD_BEFORE'
    return say(`${gift.email} ${OUTCOMES[outcome].replace('ROLE', gift.role)}.`, done ? 0 : 1)
  } finally {
    await operator.stop()
  }
}

function readGift([task, email, role, ...rest]: string[]): { email: string; role: string } | null {
  if (email === undefined || rest.length > 0) return null
  if (task === 'create-admin' && role === undefined) return { email, role: 'admin' }
  return task === 'give-role' && role !== undefined ? { email, role } : null
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
