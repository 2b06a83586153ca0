import { type Received, type Sent, sendTo } from './http/test/send.js'
import { signToken } from './identity/test/tokens.js'
import type { Router } from './router.js'
import { makeKey } from './subgraphs/test/keys.js'
import { openStubGraph, type StubGraph } from './test/stub-graph.js'

let graph: StubGraph
let router: Router
let base: string
let managementBase: string

beforeAll(async () => {
  graph = await openStubGraph()
  router = await graph.makeRouter()
  const { port, managementPort } = await router.start()
  base = `http://127.0.0.1:${port}`
  managementBase = `http://127.0.0.1:${managementPort}`
})
afterAll(() => router.stop())
beforeEach(() => graph.forget())

let networks = 0

async function ask(
  query: string,
  { variables, token, ...sent }: Sent & { variables?: object; token?: string } = {},
): Promise<Received> {
  networks += 1
  return sendTo(base, {
    payload: JSON.stringify({ query, variables }),
    ...sent,
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.0.0.${networks}`,
      ...(token && { authorization: `Bearer ${token}` }),
      ...sent.headers,
    },
  })
}

describe('2.7: before any subgraph is asked', () => {
  test.each([
    ['{ me { id } }', 401, 'UNAUTHENTICATED'],
    ['{ motto me { id } }', 401, 'UNAUTHENTICATED'],
    ['{ everyone }', 401, 'UNAUTHENTICATED'],
    ['mutation { login { user { id } } logout }', 400, 'QUERY_REJECTED'],
    ['{ motto { } }', 400, 'BAD_USER_INPUT'],
    ['{ unknown }', 400, 'BAD_USER_INPUT'],
    [`{ ${'a'.repeat(15_000)} }`, 400, 'QUERY_TOO_COMPLEX'],
    ['{ catalogue { items { items { items { name } } } } }', 400, 'QUERY_TOO_COMPLEX'],
    ['{ catalogue(first: 101) { name } }', 400, 'BAD_USER_INPUT'],
  ])('%s is refused', async (query, status, code) => {
    const { statusCode, codes, json } = await ask(query)

    expect([statusCode, codes[0], json.data]).toEqual([status, code, undefined])
    expect(graph.reached()).toBe(0)
  })

  test.each([
    ['application/json', 200],
    ['application/graphql-response+json, application/json;q=0.9', 400],
    ['*/*', 400],
  ])('what means nothing is told to a client that takes %s with %s', async (accept, status) => {
    const faulty = await ask('{ unknown }', { headers: { accept } })
    const unread = await ask('query($e: String!) { catalogue(first: $e) { name } }', { headers: { accept } })
    const refused = await ask(`{ ${'a'.repeat(15_000)} }`, { headers: { accept } })

    expect([faulty.statusCode, faulty.codes[0]]).toEqual([status, 'BAD_USER_INPUT'])
    expect([unread.statusCode, unread.json.data]).toEqual([status, undefined])
    // That too much was asked is told with a status that proxies and dashboards see.
    expect([refused.statusCode, refused.codes]).toEqual([400, ['QUERY_TOO_COMPLEX']])
  })

  test('a token without the scope is refused, one with it is let through', async () => {
    expect(await ask('{ everyone }', { token: await graph.tokenOf({ scope: 'staff' }) })).toMatchObject({
      statusCode: 403,
      codes: ['FORBIDDEN'],
    })
    expect(graph.reached()).toBe(0)

    expect(await ask('{ everyone }', { token: await graph.tokenOf({ scope: 'admin' }) })).toMatchObject({
      statusCode: 200,
    })
  })

  test('a forged token is refused where anonymous would do', async () => {
    const forged = await signToken((await makeKey('k1')).privateJwk)

    expect(await ask('{ motto }', { token: forged })).toMatchObject({
      statusCode: 401,
      codes: ['UNAUTHENTICATED'],
    })
    expect(graph.reached()).toBe(0)
  })

  test('1.1: variables that do not fit are bad input, and no value of them comes back', async () => {
    const { statusCode, codes, text } = await ask('mutation R($email: String!) { register(email: $email) }', {
      variables: { email: { hush: 'hush' } },
    })

    expect([statusCode, codes]).toEqual([400, ['BAD_USER_INPUT']])
    expect(text).not.toContain('hush')
    expect(graph.reached()).toBe(0)
  })

  test('2.5: a developer is told which field is wrong, without a guess', async () => {
    const { json } = await ask('{ mottto }')

    expect(json.errors?.[0]?.message).toBe('Cannot query field "mottto" on type "Query".')
  })
})

describe('an operation', () => {
  test('over two subgraphs is answered as the viewer of the token', async () => {
    const { json } = await ask('{ me { id email sessions } }', { token: await graph.tokenOf() })

    expect(json.data).toEqual({ me: { id: 'usr_ada', email: 'usr_ada@acme.test', sessions: null } })
    expect(
      [...graph.users.requests, ...graph.auth.requests].map(({ caller }) => caller.viewer?.userId),
    ).toEqual(['usr_ada', 'usr_ada'])
  })

  test('2.7: that signs in is answered as the new viewer, also by other subgraphs', async () => {
    const answer = await ask('mutation { login { token user { id email } } }', {
      headers: { cookie: 'usergraph-device=d' },
    })

    expect(answer.json).toEqual({
      data: { login: { token: 't', user: { id: 'usr_ada', email: 'usr_ada@acme.test' } } },
    })
    expect(graph.auth.requests).toMatchObject([{ caller: { viewer: null }, cookies: { deviceToken: 'd' } }])
    expect(graph.users.requests).toMatchObject([
      { caller: { viewer: { userId: 'usr_ada', sessionId: 'ses_ada' } } },
    ])
    expect(graph.users.requests[0]).not.toHaveProperty('cookies')
    expect(answer.headers['set-cookie']).toMatch(/^usergraph-refresh=fresh; /)
  })

  test('2.7: leaves nobody signed in for the next request', async () => {
    await ask('mutation { login { token } }')

    expect(await ask('{ me { id } }')).toMatchObject({ statusCode: 401 })
  })

  test('1.1: that fails below says code, path and when to come again, and the rest stays inside', async () => {
    const limited = await ask('mutation { login(fail: true) { token } }')
    const broken = await ask('{ motto broken }')

    expect(limited.statusCode).toBe(200)
    expect(limited.json.errors).toEqual([
      {
        message: 'Too many requests. Try again later.',
        path: ['login'],
        extensions: {
          code: 'RATE_LIMITED',
          retryAfterSeconds: 3,
          requestId: limited.headers['x-request-id'],
        },
      },
    ])
    expect(broken.json).toMatchObject({ data: { motto: 'who goes there', broken: null } })
    expect(broken.codes).toEqual(['INTERNAL_SERVER_ERROR'])
    expect(broken.text).not.toMatch(/relation|users|stack|valueCompletion/)
  })

  test('1.2: whose fault is masked is found in the log, whole, by the request id of the answer', async () => {
    const { json, headers } = await ask('{ broken }')
    const [error] = json.errors ?? []
    const ofRequest = graph.lines.filter((line) => line.includes(String(error?.extensions['requestId'])))

    expect(error?.extensions['requestId']).toBe(headers['x-request-id'])
    expect(ofRequest.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        event: 'request.failed',
        path: ['broken'],
        err: expect.objectContaining({
          message: 'relation "users" does not exist',
          stack: expect.stringContaining('stub-graph'),
        }),
      }),
    )
  })

  test('2.11: of public data may be kept, any other may not', async () => {
    expect((await ask('{ options { names } }')).headers['cache-control']).toBe('public, max-age=60')
    expect((await ask('{ motto options { names } }')).headers['cache-control']).toBe('no-store')
  })

  test('2.4: over its limit is refused for its network, not for the one beside it', async () => {
    const register = (ip: string) =>
      ask('mutation { register(email: "a") }', { headers: { 'x-forwarded-for': ip } })
    for (const ip of ['192.0.2.1', '2001:db8:1:1::1']) {
      await register(ip)
      await register(ip)

      const refused = await register(ip)
      expect([refused.statusCode, refused.codes]).toEqual([429, ['RATE_LIMITED']])
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    }

    expect((await register('2001:db8:1:1:9::9')).statusCode).toBe(429)
    expect((await register('2001:db8:1:2::1')).statusCode).toBe(200)
    expect((await register('192.0.2.2')).statusCode).toBe(200)
  })
})

describe('4.5: a session that ended', () => {
  test('is refused once the feed says so', async () => {
    const token = await graph.tokenOf({ sid: 'ses_over', jti: 'over' })
    expect((await ask('{ me { id } }', { token })).statusCode).toBe(200)
    graph.state.ended = ['ses_over']

    // A mutation of someone signed in has the feed looked at; without one it would be within half a second.
    await ask('mutation { logout }', { token: await graph.tokenOf() })
    await new Promise((later) => setTimeout(later, 50))

    expect(await ask('{ me { id } }', { token })).toMatchObject({ statusCode: 401 })
    expect((await ask('{ me { id } }', { token: await graph.tokenOf() })).statusCode).toBe(200)
  })
})

describe('pages and keys', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    sendTo(base, { method: 'GET', path, headers })

  test('the explorer is for browsers, self-contained, and under a policy', async () => {
    const page = await get('/graphql', { accept: 'text/html,*/*', 'accept-encoding': 'gzip' })

    expect(page.statusCode).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['content-security-policy']).not.toMatch(
      /https?:|unsafe-eval|script-src[^;]*unsafe-inline/,
    )
    expect((await get('/graphql')).statusCode).toBe(405)
  })

  test('10.4: the verification page has its headers and no script but its own', async () => {
    const page = await get('/account/verify')

    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    expect(page.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(page.text).not.toMatch(/<script>|https?:/)
  })

  test('keys of tokens and grants are one public set', async () => {
    const { text, headers } = await get('/.well-known/jwks.json')
    const { keys } = JSON.parse(text) as { keys: Record<string, unknown>[] }

    expect(keys.map(({ kid }) => kid)).toEqual(['k1', 'grant'])
    expect(keys.some((key) => 'd' in key)).toBe(false)
    expect(headers['cache-control']).toBe('public, max-age=300')
  })
})

test('12.6: health and metrics are on their own listener alone', async () => {
  const get = (at: string, path: string) => sendTo(at, { method: 'GET', path })

  expect((await get(managementBase, '/healthz')).statusCode).toBe(200)
  expect((await get(managementBase, '/readyz')).statusCode).toBe(200)
  expect((await get(managementBase, '/metrics')).text).toContain('usergraph_subgraph_fetches_total')
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await get(base, path)).statusCode).toBe(404)

  graph.state.authAway = true
  const unready = await get(managementBase, '/readyz')
  graph.state.authAway = false
  expect([unready.statusCode, JSON.parse(unready.text)]).toMatchObject([503, { parts: { auth: false } }])
})

describe('2.5: with the explorer and introspection off', () => {
  test('neither answers', async () => {
    const closed = await graph.makeRouter({ EXPLORER: 'off', INTROSPECTION: 'off' })
    const { port } = await closed.start()
    const at = `http://127.0.0.1:${port}`
    const headers = { 'content-type': 'application/json' }

    const introspected = await sendTo(at, { headers, payload: '{"query":"{ __schema { types { name } } }"}' })
    const misspelt = await sendTo(at, { headers, payload: '{"query":"{ mottto }"}' })
    const page = await sendTo(at, { method: 'GET', headers: { accept: 'text/html' } })
    const root = await sendTo(at, { method: 'GET', path: '/' })
    await closed.stop()

    expect([introspected.statusCode, introspected.codes]).toEqual([400, ['QUERY_REJECTED']])
    expect(misspelt.json.errors?.[0]?.message).toBe('The request is not valid.')
    expect([page.statusCode, root.statusCode]).toEqual([405, 404])
  })
})
