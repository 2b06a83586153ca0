import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { ask } from '../../router/test/seed/ask.js'
import { mailTo, tokenIn } from '../../router/test/seed/inbox.js'
import { admin, someAdmin } from '../../router/test/seed/operators.js'
import { login, someVerified } from '../../router/test/seed/people.js'
import { REVOCATION_MS, untilRefused } from '../../router/test/seed/revocation.js'
import { RequestEmailChangeDocument } from '../../sdk/__generated__/operations.js'
import { ID_PREFIXES, idToUuid } from '../../subgraphs/shared/ids/type-id.js'
import { findPostgres } from '../services/postgres-url.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, startGraph } from './start-graph.js'

let folder: string
let graph: RunningGraph
let sql: postgres.Sql

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-erasure-'))
  graph = await startGraph(
    {
      name: 'one',
      folder: 'one',
      entry: 'start.js',
      env: { QUEUE: 'postgres', ACCOUNT_DELETION_GRACE_DAYS: '0' },
    },
    folder,
  )
  Object.assign(process.env, graph.env)
  sql = postgres((await findPostgres(folder)) ?? '', { max: 1 })
})

afterAll(async () => {
  await sql.end()
  await graph.stop()
  await removeData(folder)
})

const SCHEMAS = ['users', 'auth', 'passwords', 'otp', 'notifications']

/** Tables of all subgraphs in which one of these words stands, in any column of any row. */
async function tablesWith(words: string[]): Promise<string[]> {
  const tables = await sql`select table_schema as schema, table_name as name from information_schema.tables
    where table_schema = any(${SCHEMAS}) and table_type = 'BASE TABLE'`
  const found: string[] = []
  for (const { schema, name } of tables) {
    const [row] = await sql`select 1 from ${sql(schema)}.${sql(name)} as r
      where exists (select 1 from unnest(${words}::text[]) as word where strpos(lower(r::text), lower(word)) > 0) limit 1`
    if (row) found.push(`${schema}.${name}`)
  }
  return found
}

const erasedOf = async (userId: string) =>
  (
    await sql`select 1 from users.audit_events where action = 'user.erase' and subject_id = ${idToUuid(ID_PREFIXES.user, userId)}`
  ).length

describe('an account whose time has come', () => {
  test('9.7, 9.8: goes by itself, and its sessions end within 5 seconds', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()

    const asked = await ask(
      'mutation { requestAccountDeletion(input: {}) { deletion { effectiveAt } userErrors { code } } }',
      { token: tokens.accessToken },
    )
    const refusedAfter = await untilRefused(tokens.accessToken)
    const signIn = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)

    expect(asked.data).toMatchObject({ requestAccountDeletion: { userErrors: [] } })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(signIn.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
  })
})

describe('an account that is deleted', () => {
  test('9.7: leaves nowhere in the database what somebody could be known by, but a username kept for a while', async () => {
    const [ada, operator] = [await someVerified(), await someAdmin()]
    const { tokens, userId } = await ada.signIn()
    const token = tokens.accessToken
    await ask(
      'mutation { updateProfile(input: { profile: { displayName: "Zyxwv", givenName: "Qwxzy", familyName: "Vwxzq", birthdate: "1915-12-10" } }) { userErrors { code } } }',
      { token },
    )
    const newEmail = `new-${ada.email}`
    await ask(RequestEmailChangeDocument, { token, variables: { input: { newEmail } } })
    const confirmation = tokenIn(await mailTo(newEmail, /confirm your new email/i))
    await ask(
      'mutation($token: String) { confirmEmailChange(input: { token: $token }) { userErrors { code } } }',
      {
        variables: { token: confirmation },
      },
    )
    await mailTo(ada.email, /your email address was changed/i)
    const words = [ada.email, newEmail, ada.username, ada.ip, 'Zyxwv', 'Qwxzy', 'Vwxzq', '1915-12-10']
    const before = await tablesWith(words)

    await ask('mutation($id: ID!) { deleteUser(input: { userId: $id }) { deletedUserId } }', {
      ...{ token: operator.session.tokens.accessToken, variables: { id: userId } },
    })
    await mailTo(newEmail, /your account was deleted/i)
    await until(async () => (await erasedOf(userId)) === 1)

    expect(before).toEqual(
      expect.arrayContaining([
        'auth.sessions',
        'notifications.messages',
        'users.audit_personal',
        'users.users',
      ]),
    )
    // The row of the last mail goes within a minute of its sending; outboxes keep what was told for a day.
    await until(async () => !(await tablesWith(words)).includes('notifications.messages'), 70_000)
    expect(new Set(await tablesWith(words))).toEqual(new Set(['auth.outbox', 'users.reserved_usernames']))
    expect(await admin(['verify-audit'])).toMatchObject({ code: 0 })
  }, 150_000)
})

async function until(isSo: () => Promise<boolean>, waitMs = 60_000): Promise<void> {
  const deadline = Date.now() + waitMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not come to be so')
    await new Promise((later) => setTimeout(later, 500))
  }
}
