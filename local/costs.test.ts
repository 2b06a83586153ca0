import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { type AllSubgraphs, createAll, SCHEMAS } from '../subgraphs/all.js'
import { callClient } from '../subgraphs/shared/calls/transport.js'
import type { SubgraphName } from '../subgraphs/shared/contracts/subgraph-names.js'
import { usersCalls } from '../subgraphs/shared/contracts/users.js'
import { createExecutor } from '../subgraphs/shared/graphql/executor.js'
import type { Viewer } from '../subgraphs/shared/identity/viewer.js'
import { ID_PREFIXES, newId, uuidToId } from '../subgraphs/shared/ids/type-id.js'
import { createLogger } from '../subgraphs/shared/log/logger.js'
import { internalCalls, passwordHashes, statements } from '../subgraphs/shared/metrics/registry.js'
import { createTestDatabase, type TestDatabase } from '../subgraphs/shared/test/database.js'
import { someCaller, someViewer } from '../subgraphs/shared/test/requests.js'
import { generateKeys } from './keys.js'

// What operations cost: with all subgraphs in this process, none of which has been started, so that nothing but the
// operation sends statements.

const log = createLogger({ level: 'silent' })
const PASSWORD = 'plum kettle orbit lantern'
const PAGE = 50

let testDatabase: TestDatabase
let owner: postgres.Sql
let all: AllSubgraphs

beforeAll(async () => {
  testDatabase = await createTestDatabase(Object.values(SCHEMAS))
  owner = postgres(testDatabase.ownerUrl, { max: 1 })
  const urls = Object.keys(SCHEMAS).map((name) => [
    `${name.toUpperCase()}_DATABASE_URL`,
    testDatabase.urlOf(name),
  ])
  all = await createAll(
    {
      ...(await generateKeys()),
      ...Object.fromEntries(urls),
      QUEUE_DATABASE_URL: testDatabase.urlOf('queue'),
      PUBLIC_URL: 'https://id.example',
      SMTP_URL: 'smtp://127.0.0.1:1',
    },
    log,
  )
  // Opens a connection each, which costs statements of its own.
  await Promise.all(all.subgraphs.map((subgraph) => subgraph.readyAt()))
}, 60_000)

afterAll(async () => {
  await all.stop()
  await owner.end()
  await testDatabase.stop()
})

type Asking = { viewer?: Viewer | null; variables?: Record<string, unknown>; ip?: string }

async function ask(
  name: SubgraphName,
  query: string,
  { viewer = null, variables = {}, ip = someIp() }: Asking = {},
) {
  const subgraph = all.subgraphs.find((one) => one.name === name)
  if (!subgraph) throw new Error(`there is no subgraph ${name}`)
  const context = subgraph.context({ caller: someCaller({ viewer, clientIp: ip }) })
  const answer = await createExecutor(subgraph.schema, log)({ query, variables }, context)
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data as Record<string, never>
}

const someIp = () => `10.${[...randomBytes(3)].join('.')}`

/** Statements by subgraph, hashes, and internal calls by name, that something costs. */
async function costOf(act: () => Promise<unknown>) {
  const before = await spent()
  await act()
  const after = await spent()
  return Object.fromEntries(
    Object.entries(after).flatMap(([what, count]) => {
      const cost = count - (before[what] ?? 0)
      return cost > 0 ? [[what, cost]] : []
    }),
  )
}

async function spent(): Promise<Record<string, number>> {
  const [sent, called, hashed] = await Promise.all([
    statements.get(),
    internalCalls.get(),
    passwordHashes.get(),
  ])
  const counts = [
    ...sent.values.map(({ labels, value }) => ({ what: `statements of ${labels.part}`, value })),
    ...called.values.map(({ labels, value }) => ({ what: `${labels.owner}.${labels.call}`, value })),
    ...hashed.values.map(({ value }) => ({ what: 'hashes', value })),
  ]
  // A call is counted by its caller as well: there may be several of one name.
  const sums: Record<string, number> = {}
  for (const { what, value } of counts) sums[what] = (sums[what] ?? 0) + value
  return sums
}

const REGISTER = `mutation($email: EmailAddress!, $password: String!) {
  register(input: { email: $email, password: $password }) { nextStep userErrors { code } }
}`

/** Somebody with a password whose account is as given. */
async function someone(state: { verified?: boolean; status?: string } = {}) {
  const email = `p${randomBytes(6).toString('hex')}@acme.test`
  await ask('users', REGISTER, { variables: { email, password: PASSWORD } })
  if (state.verified !== false) {
    await owner`update users.users set status = ${state.status ?? 'ACTIVE'}, verified_at = now(), email_verified_at = now()
      where email = ${email}`
  }
  const [row] = await owner`select id from users.users where email = ${email}`
  return { email, id: uuidToId(ID_PREFIXES.user, row?.['id']) }
}

const LOGIN = `mutation($email: EmailAddress!, $password: String!) {
  login(input: { identifier: { email: $email }, password: $password, tokenDelivery: BODY }) {
    result { ... on LoginSuccess { tokens { refreshToken } session { id } } } userErrors { code }
  }
}`

const logIn = (email: string, password = PASSWORD) => ask('auth', LOGIN, { variables: { email, password } })

const sumOfStatements = (cost: Record<string, number>) =>
  Object.entries(cost).reduce((sum, [what, count]) => (what.startsWith('statements') ? sum + count : sum), 0)

describe('what operations cost', () => {
  test('me is one statement of each subgraph at most', async () => {
    const { id } = await someone()
    const viewer = someViewer({ userId: id })
    const fields: Partial<Record<SubgraphName, string>> = {
      users: '{ me { displayName email roles { name permissions } } }',
      auth: '{ me { sessions(first: 10) { nodes { id device { name } } } } }',
      passwords: '{ me { password { isSet changedAt } } }',
    }

    for (const [name, query] of Object.entries(fields) as [SubgraphName, string][]) {
      await ask(name, query, { viewer })
      expect(await costOf(() => ask(name, query, { viewer }))).toEqual({ [`statements of ${name}`]: 1 })
    }
  })

  test('6.4: a sign-in is one hash and at most six statements in all', async () => {
    const { email } = await someone()
    await logIn(email)

    const cost = await costOf(() => logIn(email))

    expect(cost['hashes']).toBe(1)
    expect(sumOfStatements(cost)).toBeLessThanOrEqual(6)
  })

  test('7.4: a refused sign-in costs the same whoever is named, and whatever is wrong', async () => {
    const [wrong, disabled, locked] = [
      await someone(),
      await someone({ status: 'DISABLED' }),
      await someone({ status: 'LOCKED' }),
    ]
    const unverified = await someone({ verified: false })
    await logIn(wrong.email, 'wrong horse battery')
    const kinds: Record<string, [email: string, password: string]> = {
      'wrong password': [wrong.email, 'wrong horse battery'],
      nobody: [`${randomBytes(6).toString('hex')}@acme.test`, PASSWORD],
      disabled: [disabled.email, PASSWORD],
      locked: [locked.email, PASSWORD],
      'never verified': [unverified.email, PASSWORD],
      'never verified, wrong password': [unverified.email, 'wrong horse battery'],
    }

    const costs: Record<string, unknown> = {}
    for (const [kind, [email, password]] of Object.entries(kinds)) {
      costs[kind] = await costOf(() => logIn(email, password))
    }

    const [first, ...others] = Object.values(costs) as Record<string, number>[]
    expect(first).toMatchObject({ hashes: 1, 'users.findByIdentifier': 1, 'passwords.verify': 1 })
    expect(others).toEqual(others.map(() => first))
  })

  test('7.4: a code to sign in with, and a refused grant, cost the same whoever is named, and no hash', async () => {
    const kinds: Record<string, string> = {
      known: (await someone()).email,
      nobody: `${randomBytes(6).toString('hex')}@acme.test`,
      disabled: (await someone({ status: 'DISABLED' })).email,
      locked: (await someone({ status: 'LOCKED' })).email,
      'never verified': (await someone({ verified: false })).email,
    }
    const askForCode = (email: string) =>
      ask(
        'otp',
        `mutation($email: EmailAddress!) {
          generateOtp(input: { purpose: LOGIN, channel: EMAIL, identifier: { email: $email } }) { challengeId }
        }`,
        { variables: { email } },
      )
    const byGrant = (email: string) =>
      ask(
        'auth',
        `mutation($email: EmailAddress!) {
          login(input: { identifier: { email: $email }, grant: "e30.e30.e30" }) { userErrors { code } }
        }`,
        { variables: { email } },
      )
    // The keys of grants are asked for once in a while.
    await byGrant('first@acme.test')

    const codes: Record<string, unknown>[] = []
    const grants: Record<string, unknown>[] = []
    for (const email of Object.values(kinds)) {
      codes.push(await costOf(() => askForCode(email)))
      grants.push(await costOf(() => byGrant(email)))
    }

    expect(codes).toEqual(
      Object.keys(kinds).map(() => ({
        ...{ 'statements of users': 1, 'statements of otp': 1, 'users.findByIdentifier': 1 },
      })),
    )
    const [first] = grants
    expect(first).toMatchObject({ 'users.findByIdentifier': 1, 'otp.factorsOf': 1 })
    expect(first).not.toHaveProperty('hashes')
    expect(grants).toEqual(Object.keys(kinds).map(() => first))
  })

  test('fifty people with their sessions are three statements, as one is', async () => {
    const people: { id: string }[] = []
    while (people.length < PAGE) people.push(await someone())
    const viewer = someViewer({ userId: newId(ID_PREFIXES.user), scopes: ['users:read'] })
    const users = (first: number) =>
      ask(
        'users',
        '{ users(first: 50) { nodes { id email roles { name } } totalCount { value } } }'.replace(
          '50',
          String(first),
        ),
        { viewer },
      )
    const sessions = (count: number) =>
      ask(
        'auth',
        'query($of: [_Any!]!) { _entities(representations: $of) { ... on User { sessions(first: 5) { nodes { id } } } } }',
        { viewer, variables: { of: people.slice(0, count).map(({ id }) => ({ __typename: 'User', id })) } },
      )
    await users(1)
    await sessions(1)

    for (const count of [1, PAGE]) {
      expect(await costOf(() => users(count))).toEqual({ 'statements of users': 2 })
      expect(await costOf(() => sessions(count))).toEqual({ 'statements of auth': 1 })
    }
  })

  test('7.4: asking for the link of a reset costs the same whoever is named, and however often', async () => {
    const [known, often] = [await someone(), await someone()]
    const kinds: Record<string, string> = {
      known: known.email,
      'sent a moment ago': often.email,
      nobody: `${randomBytes(6).toString('hex')}@acme.test`,
      disabled: (await someone({ status: 'DISABLED' })).email,
      'never verified': (await someone({ verified: false })).email,
    }
    const forgot = (email: string) =>
      ask(
        'passwords',
        'mutation($email: EmailAddress!) { forgotPassword(input: { identifier: { email: $email } }) { accepted } }',
        { variables: { email } },
      )
    await forgot(often.email)

    const costs: Record<string, unknown>[] = []
    for (const email of Object.values(kinds)) costs.push(await costOf(() => forgot(email)))

    expect(costs).toEqual(
      costs.map(() => ({
        ...{ 'statements of users': 2, 'statements of passwords': 1 },
        ...{ 'users.findByIdentifier': 1, 'users.getMany': 1 },
      })),
    )
  })

  test('7.4, 8.1: asking for the code of a reset costs the same whoever is named', async () => {
    const emails = [
      (await someone()).email,
      `${randomBytes(6).toString('hex')}@acme.test`,
      (await someone({ status: 'DISABLED' })).email,
      (await someone({ verified: false })).email,
    ]
    const forgot = (email: string) =>
      ask(
        'passwords',
        'mutation($email: EmailAddress!) { forgotPassword(input: { identifier: { email: $email }, method: OTP }) { challengeId } }',
        { variables: { email } },
      )

    const costs: Record<string, unknown>[] = []
    for (const email of emails) costs.push(await costOf(() => forgot(email)))

    expect(costs[0]).toMatchObject({ 'statements of passwords': 1, 'otp.openRecovery': 1 })
    expect(costs).toEqual(costs.map(() => costs[0]))
  })

  test('7.4: asking for another link or code to verify with costs the same whoever is named', async () => {
    const pending = await someone({ verified: false })
    // Long enough ago that another may be mailed.
    await owner`update users.email_links set sent_at = now() - interval '10 minutes'`
    const emails = [pending.email, (await someone()).email, `${randomBytes(6).toString('hex')}@acme.test`]
    const asking: Record<'users' | 'otp', string> = {
      users:
        'mutation($email: EmailAddress!) { resendEmailVerification(input: { email: $email }) { accepted } }',
      otp: `mutation($email: EmailAddress!) {
        generateOtp(input: { purpose: EMAIL_VERIFICATION, channel: EMAIL, identifier: { email: $email } }) { challengeId }
      }`,
    }

    for (const name of ['users', 'otp'] as const) {
      const costs: Record<string, unknown>[] = []
      for (const email of emails) {
        costs.push(await costOf(() => ask(name, asking[name], { variables: { email } })))
      }
      expect(costs[0]).toHaveProperty(`statements of ${name}`)
      expect(costs).toEqual(costs.map(() => costs[0]))
    }
  })

  test('7.4: registering a taken address costs the same as a free one', async () => {
    const { email } = await someone()
    const register = (address: string) =>
      ask('users', REGISTER, { variables: { email: address, password: PASSWORD } })
    await register(`${randomBytes(6).toString('hex')}@acme.test`)

    const free = await costOf(() => register(`${randomBytes(6).toString('hex')}@acme.test`))
    const taken = await costOf(() => register(email))

    expect(free).toMatchObject({ hashes: 1 })
    expect(taken).toEqual(free)
  })

  test('12.4: what the router refused comes to the audit log in one statement, however many there were', async () => {
    const by = { userId: newId(ID_PREFIXES.user), client: 'web', ip: '192.0.2.1', userAgent: null }
    const refusals = Array.from({ length: 500 }, (_, n) => ({
      code: 'FORBIDDEN',
      field: `field${n}`,
      count: 3,
      by,
    }))

    const cost = await costOf(() =>
      callClient(usersCalls, all.transports('router')).recordRefusals({ refusals }),
    )
    const [row] =
      await owner`select count(*)::int as kept, min(act->>'action') as action, min(act->>'actorId') as actor
      from users.audit_pending where act->>'subjectId' = ${by.userId}`

    expect(sumOfStatements(cost)).toBe(1)
    expect(row).toEqual({ kept: 500, action: 'request.refuse', actor: by.userId })
  })
})
