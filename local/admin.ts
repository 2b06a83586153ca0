import { readAuthOperatorEnv } from '../subgraphs/auth/env.js'
import { createAuthOperator } from '../subgraphs/auth/subgraph.js'
import { readNotificationsOperatorEnv } from '../subgraphs/notifications/env.js'
import { createNotificationsOperator } from '../subgraphs/notifications/subgraph.js'
import { type EnvSource, SettingsError } from '../subgraphs/shared/env/read-env.js'
import type { UserErrorCode } from '../subgraphs/shared/errors/user-error-codes.js'
import { readUsersOperatorEnv } from '../subgraphs/users/env.js'
import { createUsersOperator } from '../subgraphs/users/subgraph.js'
import { operatorSource } from './operator-source.js'
import { hasCode } from './services/error-code.js'

// npm run admin: what an operator does past the graph, on the database of the settings or of a running `npm start`.

const USAGE = `npm run admin -- create-admin EMAIL      makes the verified account with this address an administrator
npm run admin -- give-role EMAIL ROLE    gives it another role, such as support
npm run admin -- invite EMAIL [ROLE]     makes an account with that role, and mails the link that takes it over
npm run admin -- verify-audit [DAY]      says whether the audit log of a day, as in 2030-01-31, is what was written; today's without one
npm run admin -- rotate-keys [KID]        has the next signing key sign; with a KID, takes that key back at once, and all that it signed
npm run admin -- replay-dead-letters [messages|webhooks]
                                         sends again what was given up on, but for codes and links, which are gone`

const OUTCOMES: Record<Outcome, string> = {
  GRANTED: 'has the role ROLE, and within seconds only tokens that say so',
  HELD_BEFORE: 'has the role ROLE already',
  NOT_VERIFIED: 'has not opened the mail that proves the address; nothing was changed',
  NOT_FOUND: 'has no account; register it first, or invite it',
  INVALID_EMAIL: 'is no e-mail address',
  UNKNOWN_ROLE: 'was not changed: there is no role ROLE',
}

const REFUSALS: Partial<Record<UserErrorCode, string>> = {
  INVALID_EMAIL: 'it is no e-mail address.',
  INVALID: 'there is no such role.',
  TAKEN: 'it has an account already.',
}

const FAULTS = {
  CHANGED: 'was changed, or stands right after what was',
  REMOVED: 'has lost what stood right beside it',
}

type Operator = ReturnType<typeof createUsersOperator>
type Outcome = Awaited<ReturnType<Operator['giveRole']>>
type Task = (source: EnvSource) => Promise<number>

async function admin(words: string[]): Promise<number> {
  const task = readTask(words)
  return task ? task(await operatorSource(process.env)) : say(USAGE, 2)
}

function readTask([name, ...words]: string[]): Task | null {
  const [one = '', two = ''] = words
  switch (`${name} ${words.length}`) {
    case 'create-admin 1':
      return giveRole(one, 'admin')
    case 'give-role 2':
      return giveRole(one, two)
    case 'invite 1':
      return invite(one, 'user')
    case 'invite 2':
      return invite(one, two)
    case 'verify-audit 0':
      return verifyAudit(new Date().toISOString().slice(0, 10))
    case 'verify-audit 1':
      return /^\d{4}-\d\d-\d\d$/.test(one) ? verifyAudit(one) : null
    case 'rotate-keys 0':
      return rotateKeys(null)
    case 'rotate-keys 1':
      return rotateKeys(one)
    case 'replay-dead-letters 0':
      return replayDeadLetters(['messages', 'webhooks'])
    case 'replay-dead-letters 1':
      return one === 'messages' || one === 'webhooks' ? replayDeadLetters([one]) : null
    default:
      return null
  }
}

/** Runs a task on the part of users, and ends its connection. */
const withUsers =
  (task: (operator: Operator) => Promise<number>): Task =>
  async (source) => {
    if (!source['USERS_DATABASE_URL']) throw noDatabase('USERS_DATABASE_URL')
    const operator = createUsersOperator(readUsersOperatorEnv(source))
    return task(operator).finally(operator.stop)
  }

const noDatabase = (setting: string) =>
  new SettingsError([`${setting}: needed where no \`npm start\` has made a database`])

const rotateKeys =
  (removedKid: string | null): Task =>
  async (source) => {
    if (!source['AUTH_DATABASE_URL']) throw noDatabase('AUTH_DATABASE_URL')
    const operator = createAuthOperator(readAuthOperatorEnv(source))
    const keys = await operator.rotateKeys(removedKid).finally(operator.stop)
    if (!keys) return say(`There is no key ${removedKid}; nothing was changed.`, 1)
    const { activeKid, nextKid, retiringKids } = keys
    return say(
      `Signs now: ${activeKid}. Next: ${nextKid}. Read still: ${retiringKids.join(', ') || 'none'}.`,
      0,
    )
  }

const replayDeadLetters =
  (kinds: ('messages' | 'webhooks')[]): Task =>
  async (source) => {
    if (!source['NOTIFICATIONS_DATABASE_URL']) throw noDatabase('NOTIFICATIONS_DATABASE_URL')
    const operator = createNotificationsOperator(readNotificationsOperatorEnv(source))
    const replay = {
      async messages() {
        const { replayed, left } = await operator.replayDeadLetters()
        return `${replayed} messages are on their way again; ${left} are dead for good.`
      },
      webhooks: async () => `${await operator.replayWebhooks()} webhooks are on their way again.`,
    }
    const said = await Promise.all(kinds.map((kind) => replay[kind]())).finally(operator.stop)
    return say(said.join(' '), 0)
  }

const giveRole = (email: string, role: string): Task =>
  withUsers(async (operator) => {
    const outcome = await operator.giveRole(email, role)
    const done = outcome === 'GRANTED' || outcome === 'HELD_BEFORE'
    return say(`${email} ${OUTCOMES[outcome].replace('ROLE', role)}.`, done ? 0 : 1)
  })

const invite = (email: string, role: string): Task =>
  withUsers(async (operator) => {
    const invited = await operator.invite(email, role)
    switch (invited.kind) {
      case 'created':
        return say(`${email} is invited, with the role ${role}.`, 0)
      case 'refused':
        return say(
          `${email} was not invited: ${invited.problems.map(({ code }) => REFUSALS[code]).join(' ')}`,
          1,
        )
      case 'NO_KEY':
        throw new SettingsError(['NOTIFICATIONS_PUBLIC_KEY: needed to seal the link'])
      case 'forbidden':
        throw new Error('an operator may give every role')
    }
  })

const verifyAudit = (day: string): Task =>
  withUsers(async (operator) => {
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
  })

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
