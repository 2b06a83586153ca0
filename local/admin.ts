import { type EnvSource, SettingsError, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { readUsersOperatorEnv } from '../subgraphs/users/env.js'
import { createUsersOperator } from '../subgraphs/users/subgraph.js'
import { developmentKeys } from './development-keys.js'
import { readLocalEnv } from './env.js'
import { hasCode } from './services/error-code.js'
import { findPostgres } from './services/postgres-url.js'

// npm run admin: what an operator does past the graph, on the database of the settings or of a running `npm start`.

const USAGE = `npm run admin -- create-admin EMAIL      makes the verified account with this address an administrator
npm run admin -- give-role EMAIL ROLE    gives it another role, such as support
npm run admin -- verify-audit [DAY]      says whether the audit log of a day, as in 2030-01-31, is what was written; today's without one`

const OUTCOMES: Record<Outcome, string> = {
  GRANTED: 'has the role ROLE, and within seconds only tokens that say so',
  HELD_BEFORE: 'has the role ROLE already',
  NOT_VERIFIED: 'has not opened the mail that proves the address; nothing was changed',
  NOT_FOUND: 'has no account; register it first',
  INVALID_EMAIL: 'is no e-mail address',
  UNKNOWN_ROLE: 'was not changed: there is no role ROLE',
}

const FAULTS = {
  CHANGED: 'was changed, or stands right after what was',
  REMOVED: 'has lost what stood right beside it',
}

type Operator = ReturnType<typeof createUsersOperator>
type Outcome = Awaited<ReturnType<Operator['giveRole']>>
type Task = (operator: Operator) => Promise<number>

async function admin(words: string[]): Promise<number> {
  const task = readTask(words)
  if (!task) return say(USAGE, 2)

  const operator = createUsersOperator(await operatorEnv(process.env))
  try {
    return await task(operator)
  } finally {
    await operator.stop()
  }
}

function readTask([name, ...words]: string[]): Task | null {
  const [one = '', two = ''] = words
  switch (`${name} ${words.length}`) {
    case 'create-admin 1':
      return giveRole(one, 'admin')
    case 'give-role 2':
      return giveRole(one, two)
    case 'verify-audit 0':
      return verifyAudit(new Date().toISOString().slice(0, 10))
    case 'verify-audit 1':
      return /^\d{4}-\d\d-\d\d$/.test(one) ? verifyAudit(one) : null
    default:
      return null
  }
}

const giveRole =
  (email: string, role: string): Task =>
  async (operator) => {
    const outcome = await operator.giveRole(email, role)
    const done = outcome === 'GRANTED' || outcome === 'HELD_BEFORE'
    return say(`${email} ${OUTCOMES[outcome].replace('ROLE', role)}.`, done ? 0 : 1)
  }

const verifyAudit =
  (day: string): Task =>
  async (operator) => {
    const verdict = await operator.verifyAudit(day)
    switch (verdict.kind) {
      case 'intact':
        return say(
          `${day}: ${verdict.events} events, as they were written; personal data erased of ${verdict.erased}. The last is ${verdict.lastHash}.`,
          0,
        )
      case 'empty':
        return say(`${day}: no events.`, 0)
      case 'broken':
        return say(`${day}: ${verdict.eventId} ${FAULTS[verdict.fault]}.`, 1)
    }
  }

/** What users runs with: as set, as derived from the owner's, or that of a database started here. */
async function operatorEnv(source: EnvSource): Promise<Parameters<typeof createUsersOperator>[0]> {
  const { DATA_DIR: dataDir, NODE_ENV } = readLocalEnv(source)
  // In production nothing of a laptop's data folder is looked for, or made.
  const owner = NODE_ENV === 'production' ? null : (source['DATABASE_URL'] ?? (await findPostgres(dataDir)))
  const made = owner ? { ...(await developmentKeys(dataDir)), DATABASE_URL: owner } : {}
  const env = withDatabaseUrls({ ...made, ...source })
  if (!env['USERS_DATABASE_URL']) {
    throw new SettingsError(['USERS_DATABASE_URL: needed where no `npm start` has made a database'])
  }
  return readUsersOperatorEnv(env)
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
