import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { decodeJwt } from 'jose'
import postgres from 'postgres'
import { makePayOut } from '../../docs/example-spend-grant.js'
import { ask } from '../../router/test/seed/ask.js'
import { someWithApp } from '../../router/test/seed/authenticator.js'
import { codeIn, mailTo } from '../../router/test/seed/inbox.js'
import { admin } from '../../router/test/seed/operators.js'
import { someClient, someVerified } from '../../router/test/seed/people.js'
import { GenerateOtpDocument, ValidateOtpDocument } from '../../sdk/__generated__/operations.js'
import { findPostgres } from '../services/postgres-url.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, startGraph } from './start-graph.js'

/** How old a proof may be here: the documentation's minute would be long to wait for. */
const PROOF_SECONDS = 2

/** Roles that allow what this team asks for. */
const ROLES_FILE = resolve('deploy/config/roles.example.json')

/** This team's own tables, in a database of its own anywhere else. */
const TABLES = `create schema orders_team;
  create table spent_grants (jti text primary key, expires_at timestamptz not null);
  create table pay_outs (order_id text not null, customer text not null)`

const RACERS = 50
const ROUNDS = 20

const PAY_OUT = 'mutation($grant: String!) { payOut(id: "1", grant: $grant) { order { id } } }'
const ORDER = 'query Order { order(id: "1") { total } }'
const REFUND_ORDER = 'mutation RefundOrder { refundOrder(id: "1") { order { id } } }'

const readSchema = async () =>
  (await readFile('docs/example-orders.graphql', 'utf8')).replace('maxAge: 60', `maxAge: ${PROOF_SECONDS}`)

type Context = { authorization: string | undefined }

/** Who asks, from the router's assertion; a subgraph outside of a test verifies it first. */
const viewerOf = ({ authorization = '' }: Context) =>
  decodeJwt(authorization.replace('Bearer ', '')).sub ?? ''

type PayOut = (asked: { viewerId: string; orderId: string; grant: string }) => Promise<boolean>

/** What the documentation says of grants, once this team's database is there. */
const payOuts: { current: PayOut | null } = { current: null }

/** A subgraph as another team would write it: no code of ours, only the schema of the documentation. */
async function startOrders(): Promise<{
  server: Server
  url: string
  asked: { authorization: string | undefined }[]
}> {
  const typeDefs = parse(await readSchema())
  const resolvers = {
    User: {
      orders: ({ id }: { id: string }) => [{ id: `order of ${id}`, total: '12.50', customer: { id } }],
    },
    Query: { order: (_: unknown, { id }: { id: string }) => ({ id, total: '12.50' }) },
    Mutation: {
      placeOrder: () => ({ order: { id: 'new', total: '1.00' } }),
      payOut: async (_: unknown, { id, grant }: { id: string; grant: string }, context: unknown) => {
        // What this very server was handed with the request.
        const isPaid = await payOuts.current?.({ viewerId: viewerOf(context as Context), orderId: id, grant })
        return { order: isPaid ? { id, total: '12.50' } : null }
      },
      refundOrder: (_: unknown, { id }: { id: string }) => ({ order: { id, total: '0.00' } }),
    },
  }
  const schema = buildSubgraphSchema({ typeDefs, resolvers })
  const asked: { authorization: string | undefined }[] = []

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push({ authorization: request.headers.authorization })
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString())
    const contextValue: Context = { authorization: request.headers.authorization }
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { server, url: `http://127.0.0.1:${port}/graphql`, asked }
}

describe("another team's subgraph", () => {
  let folder: string
  let graph: RunningGraph
  let orders: Awaited<ReturnType<typeof startOrders>>
  let sql: postgres.Sql

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-team-'))
    orders = await startOrders()
    const ours = (await readFile('supergraph.yaml', 'utf8')).replaceAll('file: ./', `file: ${resolve('.')}/`)
    const theirs = `  orders:\n    routing_url: ${orders.url}\n    schema:\n      file: ${join(folder, 'orders.graphql')}\n`
    await writeFile(join(folder, 'orders.graphql'), await readSchema())
    const config = join(folder, 'supergraph.yaml')
    await writeFile(config, `${ours.trimEnd()}\n${theirs}`)
    const env = { QUEUE: 'postgres', SUPERGRAPH_CONFIG: config, ROLES_FILE, GRANT_AUDIENCES: 'orders' }
    graph = await startGraph({ name: 'with orders', folder: 'orders', entry: 'start.js', env }, folder)
    Object.assign(process.env, graph.env)
    sql = postgres((await findPostgres(folder)) ?? '', {
      ...{ max: RACERS, onnotice: () => {}, connection: { search_path: 'orders_team' } },
    })
    await sql.unsafe(TABLES)
  })

  afterAll(async () => {
    await sql?.end()
    await graph?.stop()
    orders?.server.close()
    await removeData(folder)
  })

  test('extends User by an entry in supergraph.yaml, and its fields stand beside ours', async () => {
    const { tokens, userId } = await (await someVerified()).signIn()

    const { data, errors } = await ask('{ me { username orders { total customer { id emailVerified } } } }', {
      token: tokens.accessToken,
    })

    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      me: { orders: [{ total: '12.50', customer: { id: userId, emailVerified: true } }] },
    })
    expect(orders.asked.at(-1)?.authorization).toMatch(/^Bearer ey/)
  })

  test('has its rules enforced at the router: nothing forbidden reaches it', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const before = orders.asked.length

    const anonymous = await ask('mutation { placeOrder(input: { total: "1" }) { order { id } } }')
    const unscoped = await ask('{ order(id: "1") { total } }', { token: tokens.accessToken })

    expect([anonymous.codes, unscoped.codes]).toEqual([['UNAUTHENTICATED'], ['FORBIDDEN']])
    expect(orders.asked).toHaveLength(before)
  })

  test('8.6: has its scopes given by a role that the operator defined, once the second factor was shown that it demands', async () => {
    const { ada, app } = await someWithApp()

    const { code, said } = await admin(['give-role', ada.email, 'order-clerk'], {
      ...{ DATA_DIR: graph.env.GRAPH_DATA_DIR, ROLES_FILE },
    })
    const client = someClient(ada.ip)
    const half = await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    if (half.result?.__typename !== 'SecondFactorRequired') throw new Error(JSON.stringify(half))
    await client.completeSignIn({ loginTicket: half.result.loginTicket, method: 'TOTP', code: app.now() })
    const { data, errors } = await client.execute(ORDER)

    expect([code, said]).toEqual([0, expect.stringContaining('order-clerk')])
    expect(errors).toEqual([])
    expect(data).toEqual({ order: { total: '12.50' } })
  })

  test('5.5: has a fresh proof asked for at the router, and gets the operation once there is one', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    const refund = () => client.execute(REFUND_ORDER)
    await new Promise((later) => setTimeout(later, (PROOF_SECONDS + 1) * 1000))
    const before = orders.asked.length

    await expect(refund()).rejects.toMatchObject({
      code: 'STEP_UP_REQUIRED',
      ...{ methods: ['PASSWORD'], assurance: 'AAL1', maxAgeSeconds: PROOF_SECONDS },
    })
    expect(orders.asked).toHaveLength(before)
    const { stepUpTicket } = await client.beginStepUp({ maxAgeSeconds: PROOF_SECONDS })
    await client.completeStepUp({
      ...{ stepUpTicket: stepUpTicket ?? '', method: 'PASSWORD', password: ada.password },
    })

    expect(await refund()).toMatchObject({ data: { refundOrder: { order: { id: '1' } } }, errors: [] })
  })

  test('has its limits counted at the router', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const place = () =>
      ask('mutation { placeOrder(input: { total: "1" }) { order { id } } }', { token: tokens.accessToken })

    const answers = await Promise.all(Array.from({ length: 14 }, place))

    expect(answers.filter(({ codes }) => codes.includes('RATE_LIMITED'))).toHaveLength(4)
  })

  describe('a code of its own', () => {
    /** Somebody signed in with the grant of a code that was mailed for something. */
    async function someGranted(action = 'orders:pay-out') {
      const ada = await someVerified()
      const { tokens, userId } = await ada.signIn()
      const token = tokens.accessToken
      const input = { purpose: 'CUSTOM', channel: 'EMAIL', action, audience: 'orders' }
      const sent = await ask(GenerateOtpDocument, { token, variables: { input } })
      const { challengeId } = sent.data['generateOtp'] as unknown as { challengeId: string }
      const code = codeIn(await mailTo(ada.email, /one-time code/i))
      const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
      const { grant } = valid.data['validateOtp'] as unknown as { grant: string }
      payOuts.current = makePayOut({ issuer: decodeJwt(token).iss ?? '', sql })
      return { token, userId, grant, email: ada.email, ip: ada.ip }
    }

    const pay = async (token: string, grant: string) =>
      (await ask(PAY_OUT, { token, variables: { grant } })).data['payOut']

    test('8.1: is spent in its own transaction, once, by whom it was sent to and for what it was asked for', async () => {
      const [ada, bob, other] = [
        await someGranted(),
        await someVerified(),
        await someGranted('orders:cancel'),
      ]
      const { tokens } = await bob.signIn()

      const outcomes = [
        await pay(tokens.accessToken, ada.grant),
        await pay(other.token, other.grant),
        await pay(ada.token, ada.token),
        await pay(ada.token, ada.grant),
        await pay(ada.token, ada.grant),
      ]

      expect(
        outcomes.map((outcome) => (outcome as unknown as { order: object | null }).order !== null),
      ).toEqual([...[false, false, false, true, false]])
      expect(await sql`select customer from pay_outs where customer = ${ada.userId}`).toHaveLength(1)
    })

    test('4.3: is worth nothing at our own subgraphs, and a code is sent for no audience that is not listed', async () => {
      const { token, grant, email, ip } = await someGranted()
      const input = { purpose: 'CUSTOM', channel: 'EMAIL', action: 'orders:pay-out' }

      const signIn = await ask(
        'mutation($email: EmailAddress!, $grant: JWT!) { login(input: { identifier: { email: $email }, grant: $grant }) { userErrors { code } } }',
        { variables: { email, grant }, ip },
      )
      const verified = await ask(
        'mutation($grant: JWT!) { verifyEmail(input: { grant: $grant }) { userErrors { code } } }',
        { variables: { grant } },
      )
      const forAuth = await ask(GenerateOtpDocument, {
        token,
        variables: { input: { ...input, audience: 'auth' } },
      })
      const anonymous = await ask(GenerateOtpDocument, {
        variables: { input: { ...input, audience: 'orders' } },
      })

      expect(signIn.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
      expect(verified.data).toMatchObject({ verifyEmail: { userErrors: [expect.anything()] } })
      expect(forAuth.data).toMatchObject({
        generateOtp: { userErrors: [{ code: 'INVALID', field: ['audience'] }] },
      })
      expect(anonymous.codes).toEqual(['UNAUTHENTICATED'])
    })

    test('8.1: of fifty who show one grant at once, one is paid', async () => {
      const { userId: viewerId, grant } = await someGranted()
      await Promise.all(Array.from({ length: RACERS }, () => sql`select pg_sleep(0.01)`))

      for (let round = 0; round < ROUNDS; round++) {
        await sql`delete from spent_grants`
        const orderId = `round ${round}`
        const outcomes = await Promise.all(
          Array.from({ length: RACERS }, () => payOuts.current?.({ viewerId, orderId, grant })),
        )

        expect(outcomes.filter(Boolean)).toHaveLength(1)
        expect(await sql`select 1 from pay_outs where order_id = ${orderId}`).toHaveLength(1)
      }
    }, 60_000)
  })
})
