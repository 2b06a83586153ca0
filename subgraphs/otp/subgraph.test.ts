import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { dispatch } from '../shared/calls/in-process.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { connectDatabase, type Database } from '../shared/database/connect.js'
import { createExecutor } from '../shared/graphql/executor.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { createLogger } from '../shared/log/logger.js'
import { statements } from '../shared/metrics/registry.js'
import type { Subgraph } from '../shared/runtime/subgraph.js'
import { createOpen, type Open } from '../shared/secrets/sealing.js'
import { createTestDatabase, type TestDatabase } from '../shared/test/database.js'
import { someCaller, someViewer } from '../shared/test/requests.js'
import { readOtpEnv } from './env.js'
import { createOtpSubgraph, otpSchema } from './subgraph.js'

const GENERATE = `mutation ($input: GenerateOtpInput!) { generateOtp(input: $input) {
  challengeId destinationMasked expiresAt resendAfter userErrors { code field message retryAfter } } }`
const VALIDATE = `mutation ($input: ValidateOtpInput!) { validateOtp(input: $input) {
  valid grant grantExpiresAt attemptsRemaining userErrors { code field message retryAfter } } }`

const log = createLogger({ level: 'silent' })

let server: TestDatabase
let database: Database
let subgraph: Subgraph
let open: Open
const accounts = new Map<string, { id: string; emailVerified: boolean }>()
const asked: string[] = []

/** Users, as far as otp asks it. */
const transport: CallTransport = {
  async call(owner, name, input) {
    asked.push(`${owner}.${name}`)
    const account = accounts.get((input as { value: string }).value) // one identifier, as its contract says
    return account
      ? {
          ...account,
          status: 'PENDING_VERIFICATION',
          everVerified: account.emailVerified,
          roles: [],
          scopes: [],
        }
      : null
  },
}

beforeAll(async () => {
  server = await createTestDatabase([otpSchema])
  database = connectDatabase({ url: server.urlOf('otp'), name: 'otp-test' })
  const sealing = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true })
  open = await createOpen(await exportJWK(sealing.privateKey))
  const env = readOtpEnv({
    PUBLIC_URL: 'https://id.example/',
    INTERNAL_JWKS: '{"keys":[]}',
    QUEUE_DATABASE_URL: server.urlOf('queue'),
    OTP_DATABASE_URL: server.urlOf('otp'),
    OTP_PRIVATE_KEY: '{"kty":"OKP"}',
    OTP_KEY: Buffer.alloc(32, 5).toString('base64url'),
    NOTIFICATIONS_PUBLIC_KEY: JSON.stringify(await exportJWK(sealing.publicKey)),
  })
  subgraph = await createOtpSubgraph(env, { transport, log })
  await subgraph.readyAt() // opens the connection, which costs statements of its own
})
afterAll(async () => {
  await subgraph.stop()
  await database.stop()
  await server.stop()
})

async function ask(query: string, input: object, viewer = someCaller().viewer) {
  const execute = createExecutor(subgraph.schema, log)
  const { data, errors } = await execute(
    { query, variables: { input } },
    subgraph.context({ caller: someCaller({ viewer }) }),
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0] as Record<string, unknown>
}

const byEmail = (email: string) => ({
  purpose: 'EMAIL_VERIFICATION',
  channel: 'EMAIL',
  identifier: { email },
})

/** A person's address, known to users or not. */
function someAddress(account: { emailVerified: boolean } | null) {
  const address = `ada-${randomUUID()}@example.com`
  const id = newId(ID_PREFIXES.user)
  if (account) accounts.set(address, { id, ...account })
  return { address, id }
}

async function mailedCode(challengeId: unknown): Promise<string> {
  const [row] = await database.client<{ sealed: string }[]>`
    select payload->>'sealedCode' as sealed from otp.outbox where payload->>'challengeId' = ${String(challengeId)}
    order by id desc limit 1`
  return open(row?.sealed ?? '')
}

const sentStatements = async () => {
  const { values } = await statements.get()
  return values.find(({ labels }) => labels['part'] === 'otp')?.value ?? 0
}

/** What one request costs, and what its answer looks like with ids, times and words of chance left out. */
async function costOf(act: () => Promise<Record<string, unknown>>) {
  const before = { statements: await sentStatements(), calls: asked.length }
  const answer = await act()
  const shape = {
    ...answer,
    challengeId: typeof answer['challengeId'],
    expiresAt: typeof answer['expiresAt'],
    destinationMasked: answer['destinationMasked'],
  }
  return {
    statements: (await sentStatements()) - before.statements,
    calls: asked.length - before.calls,
    shape,
  }
}

describe('otp as a subgraph', () => {
  test('a mailed code becomes a grant that users can spend (SECURITY 8.1)', async () => {
    const { address, id } = someAddress({ emailVerified: false })

    const sent = await ask(GENERATE, byEmail(address))
    const code = await mailedCode(sent['challengeId'])
    const answer = await ask(VALIDATE, { challengeId: sent['challengeId'], code })

    expect(sent).toEqual({
      challengeId: expect.stringMatching(/^chl_/),
      destinationMasked: 'a•••@e•••.com',
      expiresAt: expect.any(String),
      resendAfter: 60,
      userErrors: [],
    })
    expect(code).toMatch(/^\d{6}$/)
    expect(answer).toEqual({
      valid: true,
      grant: expect.any(String),
      grantExpiresAt: expect.any(String),
      attemptsRemaining: null,
      userErrors: [],
    })
    const inProcess: CallTransport = {
      call: (_, name, input) => dispatch(subgraph.calls, 'users', name, input),
    }
    const readGrant = createGrantReader({
      audience: 'users',
      purpose: 'EMAIL_VERIFICATION',
      keys: () => callClient(otpCalls, inProcess).grantKeys({}),
    })
    expect(await readGrant(String(answer['grant']))).toMatchObject({ userId: id })
  })

  test('neither code nor address lies in the database (SECURITY 8.1, 11.4)', async () => {
    const { address } = someAddress({ emailVerified: false })
    const { challengeId } = await ask(GENERATE, byEmail(address))
    const code = await mailedCode(challengeId)

    const rows = await database.client<{ row: string }[]>`
      select challenges::text as row from otp.challenges union all select outbox::text from otp.outbox
      union all select code_sends::text from otp.code_sends`

    const text = rows.map(({ row }) => row).join('\n')
    expect(text).not.toContain(address)
    expect(text).not.toMatch(new RegExp(`\\b${code}\\b`))
  })

  test.each([
    ['unknown', null],
    ['verified', { emailVerified: true }],
  ])(
    'an %s address costs the same statements and calls and gets the same answers (SECURITY 7.4, 8.1)',
    async (_, account) => {
      const real = someAddress({ emailVerified: false }).address
      const decoy = someAddress(account).address
      const challenges = new Map<string, unknown>()
      const generate = async (address: string) => {
        const answer = await ask(GENERATE, byEmail(address))
        challenges.set(address, answer['challengeId'] ?? challenges.get(address))
        return answer
      }
      const again = (address: string) =>
        ask(GENERATE, {
          purpose: 'EMAIL_VERIFICATION',
          channel: 'EMAIL',
          challengeId: challenges.get(address),
        })
      const guess = (address: string) =>
        ask(VALIDATE, { challengeId: challenges.get(address), code: '000000' })
      const aMinuteLater = () =>
        database.client`update otp.code_sends set moments = array[now() - interval '1 minute']`

      const steps = [generate, generate, aMinuteLater, again, again, guess, guess, guess, guess, guess, guess]
      for (const step of steps) {
        const [one, other] = [await costOf(() => run(step, real)), await costOf(() => run(step, decoy))]
        expect(other).toEqual(one)
        expect(one.calls).toBe(step === generate ? 1 : 0)
        expect(one.statements).toBeGreaterThanOrEqual(step === aMinuteLater ? 0 : 1)
      }
      const decoys = await database.client`
        select from otp.outbox where payload->>'challengeId' = ${String(challenges.get(decoy))}`
      expect(decoys).toHaveLength(0)
    },
  )

  test.each(Array.from({ length: 20 }, (_, round) => round))(
    'round %i: of 100 parallel guesses with the right code among them five are evaluated, and one at most succeeds (SECURITY 8.2, 14.4)',
    async (round) => {
      const { challengeId } = await ask(GENERATE, byEmail(someAddress({ emailVerified: false }).address))
      const code = await mailedCode(challengeId)
      const wrong = code === '000000' ? '111111' : '000000'
      await Promise.all(Array.from({ length: 100 }, () => subgraph.readyAt())) // opens the pool

      const answers = await Promise.all(
        // In even rounds every tenth guess is right, in odd ones a single one in their midst.
        Array.from({ length: 100 }, (_, place) => {
          const isRight = round % 2 === 0 ? place % 10 === 0 : place === 2
          return ask(VALIDATE, { challengeId, code: isRight ? code : wrong })
        }),
      )

      const codes = answers.flatMap(({ userErrors }) =>
        (userErrors as { code: string }[]).map((error) => error.code),
      )
      const successes = answers.filter(({ valid }) => valid === true).length
      expect(successes).toBeLessThanOrEqual(1)
      expect(successes + codes.filter((name) => name === 'INVALID_CODE').length).toBeLessThanOrEqual(5)
      expect(successes + codes.length).toBe(100)
    },
  )

  test('refusals reach the client as data, not as errors', async () => {
    const { address } = someAddress(null)
    await ask(GENERATE, byEmail(address))

    expect((await ask(GENERATE, byEmail(address)))['userErrors']).toEqual([
      {
        code: 'RATE_LIMITED',
        field: ['identifier'],
        message: expect.any(String),
        retryAfter: expect.any(Number),
      },
    ])
    expect((await ask(GENERATE, { ...byEmail(address), channel: 'SMS' }))['userErrors']).toMatchObject([
      { code: 'INVALID', field: ['channel'] },
    ])
    expect(await ask(VALIDATE, { challengeId: 'chl_none', code: '123456' })).toMatchObject({
      valid: false,
      userErrors: [{ code: 'EXPIRED', field: ['challengeId'] }],
    })
  })

  test('me is the signed-in person, and nobody for a machine client', async () => {
    const me = async (userId: string) => {
      const execute = createExecutor(subgraph.schema, log)
      const caller = someCaller({ viewer: someViewer({ userId }) })
      return execute({ query: '{ me { id } }' }, subgraph.context({ caller }))
    }
    const id = newId(ID_PREFIXES.user)

    expect(await me(id)).toEqual({ data: { me: { id } } })
    expect(await me('cli_1')).toEqual({ data: { me: null } })
  })
})

async function run(step: (address: string) => Promise<unknown>, address: string) {
  return (await step(address)) as Record<string, unknown> // an answer of the graph, or rows nobody looks at
}
