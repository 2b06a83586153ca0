import { createHttpCalls } from '../calls/http.js'
import { callClient } from '../calls/transport.js'
import type { CallerName } from '../contracts/subgraph-names.js'
import { createAssertionSigner } from '../identity/assertion.js'
import { createLogger } from '../log/logger.js'
import { jwksOf, someKey } from '../test/keys.js'
import { someCaller, someViewer } from '../test/requests.js'
import { someCalls, someSubgraph } from '../test/subgraph.js'
import { COOKIES_HEADER, serveSubgraph, TIME_HEADER } from './serve-subgraph.js'

const [router, auth, otp, thief] = await Promise.all([
  someKey('router'),
  someKey('auth'),
  someKey('otp'),
  someKey('router'),
])
const signers = {
  router: await createAssertionSigner('router', router.privateJwk),
  auth: await createAssertionSigner('auth', auth.privateJwk),
  otp: await createAssertionSigner('otp', otp.privateJwk),
  thief: await createAssertionSigner('router', thief.privateJwk),
}
const faults: unknown[] = []
const log = createLogger({ level: 'silent' })
log.error = (line: unknown) => {
  faults.push(line)
}

let server: Awaited<ReturnType<typeof serveSubgraph>>

const serve = (subgraph = someSubgraph()) =>
  serveSubgraph({
    subgraph,
    port: 0,
    host: '127.0.0.1',
    internalJwks: jwksOf(router, auth, otp),
    log,
  })

beforeAll(async () => {
  server = await serve()
})

afterAll(() => server.stop())

beforeEach(() => {
  faults.length = 0
})

test('12.6: shows what it counts to who watches, and no more without an assertion', async () => {
  const shown = await fetch(`http://127.0.0.1:${server.port}/metrics`)

  expect(shown.status).toBe(200)
  expect(await shown.text()).toContain('usergraph_database_statements_total')
  expect((await fetch(`http://127.0.0.1:${server.port}/metrics?x`)).status).toBe(401)
})

async function post(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: response.status, text: await response.text() }
}

const by = async (
  signer: keyof typeof signers,
  viewer = someViewer(),
  audience: 'users' | 'otp' = 'users',
) => ({
  authorization: `Bearer ${await signers[signer](audience, someCaller({ viewer }))}`,
})

const REQUESTS = [
  ['a query', '/graphql', JSON.stringify({ query: '{ whoAsks }' })],
  ['_service', '/graphql', JSON.stringify({ query: '{ _service { sdl } }' })],
  [
    '_entities',
    '/graphql',
    JSON.stringify({
      query: '{ _entities(representations: [{ __typename: "User", id: "a" }]) { __typename } }',
    }),
  ],
  ['an internal call', '/internal/double', JSON.stringify({ n: 1 })],
  ['a body that is no JSON', '/graphql', '{'],
  ['a body that is too large', '/graphql', 'x'.repeat(2 * 1024 * 1024)],
  ['a path there is not', '/nothing', '{}'],
] as const

describe.each(REQUESTS)('3.2: %s', (_, path, body) => {
  test.each<[string, () => Promise<Record<string, string>>]>([
    ['without an assertion', async () => ({})],
    ['with a forged assertion', () => by('thief')],
    ['with an assertion for another subgraph', () => by('router', someViewer(), 'otp')],
    ['with nonsense', async () => ({ authorization: 'Bearer nonsense' })],
    ['with another scheme', async () => ({ authorization: 'Basic cm91dGVyOg==' })],
  ])('%s is answered 401 and nothing else', async (__, headers) => {
    expect(await post(path, body, await headers())).toEqual({ status: 401, text: '' })
  })
})

test('3.2: the router is answered, in the name of the person it vouches for', async () => {
  const { status, text } = await post(
    '/graphql',
    REQUESTS[0][2],
    await by('router', someViewer({ userId: 'usr_ada' })),
  )

  expect({ status, body: JSON.parse(text) }).toEqual({ status: 200, body: { data: { whoAsks: 'usr_ada' } } })
})

test('3.1: another subgraph cannot ask the graph in a person’s name', async () => {
  expect(await post('/graphql', REQUESTS[0][2], await by('auth'))).toEqual({ status: 401, text: '' })
})

test('2.10: identity that is not in the assertion is nobody’s', async () => {
  const headers = { ...(await by('router')), 'x-user-id': 'usr_eve', 'usergraph-viewer': 'usr_eve' }

  expect((await post('/graphql', REQUESTS[0][2], headers)).text).not.toContain('usr_eve')
})

test('5.1: cookie values come in a header of their own', async () => {
  const values = Buffer.from(JSON.stringify({ refreshToken: 'ugr_x', other: 'y' })).toString('base64url')
  const headers = { ...(await by('router')), [COOKIES_HEADER]: values, cookie: 'refreshToken=eve' }

  const { text } = await post('/graphql', JSON.stringify({ query: '{ cookie }' }), headers)

  expect(JSON.parse(text)).toEqual({ data: { cookie: 'ugr_x' } })
})

test.each(['[]', '{}', '{"query":1}', '{"query":"{ whoAsks }","variables":[]}'])(
  'the body %s is refused without a word',
  async (body) => {
    expect(await post('/graphql', body, await by('router'))).toEqual({ status: 400, text: '' })
  },
)

test.each(['otp', 'router'] as const)(
  '3.1: %s may not make a call that is auth’s to make',
  async (caller) => {
    const { status, text } = await post('/internal/double', '{"n":1}', await by(caller))

    expect({ status, body: JSON.parse(text) }).toEqual({ status: 403, body: { code: 'FORBIDDEN' } })
  },
)

test.each(['unknown', 'constructor', '__proto__', 'toString'])('there is no call %s', async (name) => {
  const { status, text } = await post(`/internal/${name}`, '{}', await by('auth'))

  expect({ status, body: JSON.parse(text) }).toEqual({ status: 404, body: { code: 'NOT_FOUND' } })
})

test('the input of a call is read by its definition', async () => {
  const { status, text } = await post('/internal/double', '{"n":"one"}', await by('auth'))

  expect({ status, body: JSON.parse(text) }).toEqual({ status: 400, body: { code: 'BAD_USER_INPUT' } })
})

test.each([
  ['/healthz', 204],
  ['/readyz', 204],
  ['/readyz?x=1', 401],
  ['/graphql', 401],
])('GET %s without an assertion is answered %i', async (path, status) => {
  expect((await fetch(`http://127.0.0.1:${server.port}${path}`)).status).toBe(status)
})

test('13.9: a subgraph that is ready says what time its database has; one that is not says nothing', async () => {
  const ready = await fetch(`http://127.0.0.1:${server.port}/readyz`)
  const asleep = await serve({ ...someSubgraph(), readyAt: async () => null })
  const unready = await fetch(`http://127.0.0.1:${asleep.port}/readyz`)
  await asleep.stop()

  expect(Math.abs(Number(ready.headers.get(TIME_HEADER)) - Date.now())).toBeLessThan(2000)
  expect([unready.status, unready.headers.get(TIME_HEADER)]).toEqual([503, null])
})

describe('calls over HTTP', () => {
  async function asking(caller: CallerName & ('auth' | 'otp'), port = server.port) {
    const url = `http://127.0.0.1:${port}`
    const urls = { users: url, auth: url, passwords: url, otp: url, notifications: url }
    const transport = createHttpCalls(urls, signers[caller])
    return { users: callClient(someCalls, transport), transport }
  }

  test('an answer is parsed: what the contract does not promise is left out', async () => {
    const { users, transport } = await asking('auth')

    const answers = [await users.double({ n: 21 }), await users.nobody({})]
    await transport.stop()

    expect(answers).toEqual([{ twice: 42 }, null])
  })

  test('typed errors arrive with their codes', async () => {
    const [allowed, stranger] = [await asking('auth'), await asking('otp')]
    const codeOf = (call: Promise<unknown>) => call.catch((error: { code?: string }) => error.code)

    const codes = await Promise.all([
      codeOf(allowed.users.refuse({})),
      codeOf(allowed.transport.call('users', 'unknown', {})),
      codeOf(allowed.transport.call('users', 'double', { n: 'one' })),
      codeOf(allowed.users.fail({})),
      codeOf(stranger.users.double({ n: 1 })),
    ])
    await Promise.all([allowed.transport.stop(), stranger.transport.stop()])

    expect(codes).toEqual([
      'SERVICE_UNAVAILABLE',
      'NOT_FOUND',
      'BAD_USER_INPUT',
      'INTERNAL_SERVER_ERROR',
      'FORBIDDEN',
    ])
  })

  test('1.2: a fault of the owner is logged there, and its words go no further', async () => {
    const { users, transport } = await asking('auth')

    const error = await users.fail({}).catch((caught: unknown) => String(caught))
    await transport.stop()

    expect(error).not.toContain('hunter2')
    expect(faults).toMatchObject([{ event: 'call.failed', call: 'fail', requestId: expect.any(String) }])
  })

  test('1.5: an owner that is away is SERVICE_UNAVAILABLE, with a time to come back', async () => {
    const gone = await serve()
    await gone.stop()
    const { users, transport } = await asking('auth', gone.port)

    const error = await users.double({ n: 1 }).catch((caught: unknown) => caught)
    await transport.stop()

    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', details: { retryAfterSeconds: 1 } })
  })
})
