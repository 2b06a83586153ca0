import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { AppError } from '../subgraphs/shared/errors/app-error.js'
import { createNewViewerSigner } from '../subgraphs/shared/identity/new-viewer.js'
import { eventually } from '../subgraphs/shared/test/eventually.js'
import { someViewer } from '../subgraphs/shared/test/requests.js'
import { readRouterEnv } from './env.js'
import { type Received, type Sent, sendTo } from './http/test/send.js'
import { PUBLIC_URL, signToken } from './identity/test/tokens.js'
import type { SubgraphSource } from './plan/compose.js'
import { createRouter, type Router } from './router.js'
import { createInProcessDataSource } from './subgraphs/in-process-data-source.js'
import { jwksOf, makeKey, type TestKey } from './subgraphs/test/keys.js'
import { type StubSubgraph, stubSubgraph } from './subgraphs/test/stub-subgraph.js'

const log = pino({ level: 'silent' })

const USERS = `
type Query {
  me: User @authenticated
  motto: String @public
  catalogue(first: Int): [Item!] @public
  options: Options! @public @cacheControl(maxAge: 60, scope: PUBLIC)
  everyone: [String!] @requiresScopes(scopes: [["admin"]])
  broken: String @public
}
type Mutation {
  closeAccount: Boolean @authenticated
  register(email: String!): Boolean @public @rateLimit(max: 2, window: "1h", by: ["ip"])
}
type Item { name: String items: [Item!] }
type Options { names: [String!]! }
type User @key(fields: "id") { id: ID! email: String @policy(policies: [["self"], ["users:read"]]) }
`
const AUTH = `
type Mutation {
  login(fail: Boolean): LoginPayload @public @credential @startsSession
  logout: Boolean @public
}
type LoginPayload { user: User token: String }
type User @key(fields: "id") { id: ID! sessions: [String!] @policy(policies: [["self"]]) }
`

const ada = someViewer({ userId: 'usr_ada', sessionId: 'ses_ada' })
const state: { ended: string[]; authAway: boolean } = { ended: [], authAway: false }
let routerKey: TestKey
let authKey: TestKey
let tokenKey: TestKey
let users: StubSubgraph
let auth: StubSubgraph
let router: Router
let base: string
let managementBase: string

const sourceOf = ({ name, typeDefs }: StubSubgraph): SubgraphSource => ({
  name,
  url: `http://${name}.test`,
  typeDefs,
})

async function makeStubs() {
  const signNewViewer = await createNewViewerSigner('auth', authKey.privateJwk)
  users = stubSubgraph('users', USERS, {
    Query: {
      me: (_, __, { viewer }) => viewer && { id: viewer.userId },
      motto: () => 'who goes there',
      options: () => ({ names: ['password'] }),
      broken: () => {
        throw new Error('relation "users" does not exist')
      },
    },
    Mutation: { register: () => true },
    User: {
      email: (_, __, { viewer }) => `${viewer?.userId}@acme.test`,
    },
  })
  auth = stubSubgraph('auth', AUTH, {
    Mutation: {
      async login(_, { fail }: { fail?: boolean }, { caller, effects }) {
        if (fail) throw new AppError('RATE_LIMITED', { retryAfterSeconds: 3 })
        effects.cookies.push({ name: 'refreshToken', value: 'fresh', expiresAt: '2027-01-01T00:00:00Z' })
        effects.newViewer = await signNewViewer(ada, caller.requestId)
        return { user: { id: ada.userId }, token: 't' }
      },
      logout: () => true,
    },
  })
}

function makeRouter(subgraphs: StubSubgraph[], settings: Record<string, string> = {}): Promise<Router> {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name as string, subgraph]))
  return createRouter({
    env: readRouterEnv({
      ...{ NODE_ENV: 'test', PORT: '0', MANAGEMENT_PORT: '0', PUBLIC_URL },
      INTERNAL_JWKS: JSON.stringify(jwksOf(routerKey, authKey)),
      ROUTER_PRIVATE_KEY: JSON.stringify(routerKey.privateJwk),
      TRUSTED_PROXY_HOPS: '1',
      ...settings,
    }),
    log,
    subgraphs: subgraphs.map(sourceOf),
    sourceOf: (place) => {
      const source = createInProcessDataSource(place, byName, log)
      if (!source) throw new Error('every stub is here')
      return source
    },
    calls: { call: async (_, name) => answerCall(name) },
    readiness: async () => ({ users: true, auth: !state.authAway }),
  })
}

function answerCall(name: string): unknown {
  if (state.authAway) throw new Error('away')
  const answers: Record<string, unknown> = {
    signingKeys: jwksOf(tokenKey),
    grantKeys: { keys: [{ kty: 'OKP', kid: 'grant', crv: 'Ed25519', x: 'x' }] },
    endedSessions: { sessionIds: state.ended, cursor: 'c' },
    isSessionActive: { active: true },
    recordRefusals: {},
  }
  return answers[name]
}

beforeAll(async () => {
  ;[routerKey, authKey, tokenKey] = await Promise.all([makeKey('router'), makeKey('auth'), makeKey('k1')])
  await makeStubs()
  router = await makeRouter([users, auth])
  const { port, managementPort } = await router.start()
  base = `http://127.0.0.1:${port}`
  managementBase = `http://127.0.0.1:${managementPort}`
})
afterAll(() => router.stop())
beforeEach(() => {
  users.requests.length = 0
  auth.requests.length = 0
})

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

const tokenOf = (claims: Record<string, unknown> = {}) => signToken(tokenKey.privateJwk, { claims })
const reached = () => [...users.requests, ...auth.requests].length

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
    expect(reached()).toBe(0)
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
    expect(await ask('{ everyone }', { token: await tokenOf({ scope: 'staff' }) })).toMatchObject({
      statusCode: 403,
      codes: ['FORBIDDEN'],
    })
    expect(reached()).toBe(0)

    expect(await ask('{ everyone }', { token: await tokenOf({ scope: 'admin' }) })).toMatchObject({
      statusCode: 200,
    })
  })

  test('a forged token is refused where anonymous would do', async () => {
    const forged = await signToken((await makeKey('k1')).privateJwk)

    expect(await ask('{ motto }', { token: forged })).toMatchObject({
      statusCode: 401,
      codes: ['UNAUTHENTICATED'],
    })
    expect(reached()).toBe(0)
  })

  test('1.1: variables that do not fit are bad input, and no value of them comes back', async () => {
    const { statusCode, codes, text } = await ask('mutation R($email: String!) { register(email: $email) }', {
      variables: { email: { hush: 'hush' } },
    })

    expect([statusCode, codes]).toEqual([400, ['BAD_USER_INPUT']])
    expect(text).not.toContain('hush')
    expect(reached()).toBe(0)
  })

  test('2.5: a developer is told which field is wrong, without a guess', async () => {
    const { json } = await ask('{ mottto }')

    expect(json.errors?.[0]?.message).toBe('Cannot query field "mottto" on type "Query".')
  })
})

describe('an operation', () => {
  test('over two subgraphs is answered as the viewer of the token', async () => {
    const { json } = await ask('{ me { id email sessions } }', { token: await tokenOf() })

    expect(json.data).toEqual({ me: { id: 'usr_ada', email: 'usr_ada@acme.test', sessions: null } })
    expect([...users.requests, ...auth.requests].map(({ caller }) => caller.viewer?.userId)).toEqual([
      'usr_ada',
      'usr_ada',
    ])
  })

  test('2.7: that signs in is answered as the new viewer, also by other subgraphs', async () => {
    const answer = await ask('mutation { login { token user { id email } } }', {
      headers: { cookie: 'usergraph-device=d' },
    })

    expect(answer.json).toEqual({
      data: { login: { token: 't', user: { id: 'usr_ada', email: 'usr_ada@acme.test' } } },
    })
    expect(auth.requests).toMatchObject([{ caller: { viewer: null }, cookies: { deviceToken: 'd' } }])
    expect(users.requests).toMatchObject([
      { caller: { viewer: { userId: 'usr_ada', sessionId: 'ses_ada' } } },
    ])
    expect(users.requests[0]).not.toHaveProperty('cookies')
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
    const token = await tokenOf({ sid: 'ses_over', jti: 'over' })
    expect((await ask('{ me { id } }', { token })).statusCode).toBe(200)
    state.ended = ['ses_over']

    // A mutation of someone signed in has the feed looked at; without one it would be within half a second.
    await ask('mutation { logout }', { token: await tokenOf() })
    await new Promise((later) => setTimeout(later, 50))

    expect(await ask('{ me { id } }', { token })).toMatchObject({ statusCode: 401 })
    expect((await ask('{ me { id } }', { token: await tokenOf() })).statusCode).toBe(200)
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

  state.authAway = true
  const unready = await get(managementBase, '/readyz')
  state.authAway = false
  expect([unready.statusCode, JSON.parse(unready.text)]).toMatchObject([503, { parts: { auth: false } }])
})

describe('2.5: with the explorer and introspection off', () => {
  test('neither answers', async () => {
    const closed = await makeRouter([users, auth], { EXPLORER: 'off', INTROSPECTION: 'off' })
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

describe('2.6: does not start', () => {
  const without = (sdl: string) => stubSubgraph('users', sdl, {})
  const faultsOf = (stubs: StubSubgraph[]) =>
    makeRouter(stubs).then(
      () => [],
      ({ faults }: { faults: string[] }) => faults,
    )

  test('on a root field without a rule', async () => {
    expect(
      await faultsOf([without(USERS.replace('motto: String @public', 'motto: String open: Int'))]),
    ).toEqual([expect.stringContaining('Query.motto'), expect.stringContaining('Query.open')])
  })

  test('where a subgraph would lose its rules on the way', async () => {
    const stub = without(USERS)
    const lossy = { ...stub, typeDefs: stub.typeDefs.replace('@composeDirective(name: "@rateLimit")', '') }

    expect(await faultsOf([lossy])).toContainEqual(expect.stringContaining('rateLimit'))
  })

  test('on subgraphs that do not compose, and tells every fault', async () => {
    const odd = stubSubgraph('auth', 'type Query { motto: Int @public options: String @public }', {})

    const faults = await faultsOf([users, odd])

    expect(faults).toContainEqual(expect.stringContaining('Query.motto'))
    expect(faults).toContainEqual(expect.stringContaining('Query.options'))
  })
})

describe('limits of router.yaml', () => {
  let limited: Router
  let folder: string
  let at: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    const file = join(folder, 'router.yaml')
    await writeFile(
      file,
      `limits:
  - { name: network, by: network, max: 3, window: 1h }
  - { name: user, by: user, max: 1, window: 1h }`,
    )
    limited = await makeRouter([users, auth], { ROUTER_CONFIG: file })
    at = `http://127.0.0.1:${(await limited.start()).port}`
  })
  afterAll(async () => {
    await limited.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = async (ip: string, { query = '{ motto }', token = '', path = '/graphql' } = {}) =>
    sendTo(at, {
      method: path === '/graphql' ? 'POST' : 'GET',
      path,
      headers: {
        ...{ 'content-type': 'application/json', 'x-forwarded-for': ip },
        ...(token && { authorization: `Bearer ${token}` }),
      },
      payload: path === '/graphql' ? JSON.stringify({ query }) : '',
    })

  test('every request of a network counts, also one that is refused, and the headers say what is left', async () => {
    const first = await send('203.0.113.1')
    await send('203.0.113.1', { query: '{ unknown }' })
    await send('203.0.113.1', { path: '/.well-known/jwks.json' })
    const fourth = await send('203.0.113.1')

    expect(first.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '2' })
    expect([fourth.statusCode, fourth.codes]).toEqual([429, ['RATE_LIMITED']])
    expect(fourth.headers).toMatchObject({ 'ratelimit-remaining': '0' })
    expect(fourth.headers['retry-after']).toBe(fourth.headers['ratelimit-reset'])
    expect((await send('203.0.113.2')).statusCode).toBe(200)
  })

  test('a person counts wherever they come from, and no subgraph hears of what is too much', async () => {
    const token = await tokenOf()
    await send('203.0.113.11', { token, query: '{ me { id } }' })
    const before = reached()
    const second = await send('203.0.113.12', { token, query: '{ me { id } }' })

    expect([second.statusCode, second.codes, reached()]).toEqual([429, ['RATE_LIMITED'], before])
    expect(second.headers).toMatchObject({ 'ratelimit-limit': '1', 'ratelimit-remaining': '0' })
  })
})

describe('2.5: the safelist', () => {
  let folder: string
  let rules: string
  let at: string
  let listing: Router
  const LISTED = 'query Motto { motto }'

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    rules = join(folder, 'router.yaml')
    const manifest = join(folder, 'manifest.json')
    await writeFile(rules, 'safelist: enforce')
    await writeFile(
      manifest,
      JSON.stringify({
        ...{ format: 'apollo-persisted-query-manifest', version: 1 },
        operations: [{ id: 'abc', name: 'Motto', type: 'query', body: LISTED }],
      }),
    )
    const settings = { ROUTER_CONFIG: rules, PERSISTED_OPERATIONS: manifest }
    listing = await makeRouter([users, auth], settings)
    at = `http://127.0.0.1:${(await listing.start()).port}`
  })
  afterAll(async () => {
    await listing.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = (body: object) =>
    sendTo(at, { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) })

  test.each([
    ['its text', { query: LISTED }],
    ['its text, written otherwise', { query: 'query Motto{motto}#!' }],
    ['its id', { documentId: 'sha256:abc' }],
    [
      'its id, as Apollo’s clients send it',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } },
    ],
  ])('a listed operation runs by %s', async (_, body) => {
    expect((await send(body)).json).toEqual({ data: { motto: 'who goes there' } })
  })

  test.each([
    ['another text', { query: '{ motto }' }],
    ['another id', { documentId: 'abcd' }],
    ['what means nothing', { query: '{ unknown }' }],
    [
      'another text under its id, as if to persist it',
      {
        query: '{ options { names } }',
        extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } },
      },
    ],
  ])('%s is refused, and no subgraph hears of it', async (_, body) => {
    const { statusCode, codes } = await send(body)

    expect([statusCode, codes, reached()]).toEqual([400, ['QUERY_REJECTED'], 0])
  })

  test('nothing to run is bad input', async () => {
    expect(await send({ extensions: {} })).toMatchObject({ statusCode: 400, codes: ['BAD_USER_INPUT'] })
  })

  test('switched to log, everything runs from then on', async () => {
    await writeFile(rules, 'safelist: log')

    expect(await eventually(async () => (await send({ query: '{ motto }' })).statusCode === 200)).toBe(true)
    expect(await send({ documentId: 'abc' })).toMatchObject({ statusCode: 200 })
  })
})

describe('authorization: filter', () => {
  let folder: string
  let at: string
  let lenient: Router

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-router-'))
    const rules = join(folder, 'router.yaml')
    await writeFile(rules, 'authorization: filter')
    lenient = await makeRouter([users, auth], { ROUTER_CONFIG: rules })
    at = `http://127.0.0.1:${(await lenient.start()).port}`
  })
  afterAll(async () => {
    await lenient.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const send = (query: string, token = '') =>
    sendTo(at, {
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      payload: JSON.stringify({ query }),
    })

  test('nobody gets what is public, and null for the rest with UNAUTHENTICATED at its place', async () => {
    const { statusCode, json, headers } = await send('{ motto me { id } everyone }')

    expect(statusCode).toBe(200)
    expect(json.data).toEqual({ motto: 'who goes there', me: null, everyone: null })
    expect(json.errors).toMatchObject([
      { path: ['me'], extensions: { code: 'UNAUTHENTICATED', requestId: headers['x-request-id'] } },
      { path: ['everyone'], extensions: { code: 'UNAUTHENTICATED' } },
    ])
    expect(headers['cache-control']).toBe('no-store')
  })

  test('somebody gets what is theirs, and FORBIDDEN at the place of what is not', async () => {
    const { json } = await send('{ me { id email } all: everyone }', await tokenOf())

    expect(json.data).toEqual({ me: { id: 'usr_ada', email: 'usr_ada@acme.test' }, all: null })
    expect(json.errors).toMatchObject([{ path: ['all'], extensions: { code: 'FORBIDDEN' } }])
  })

  test('where all is denied no subgraph is asked', async () => {
    const { statusCode, json } = await send('{ me { id } everyone }')

    expect([statusCode, json.data, reached()]).toEqual([200, { me: null, everyone: null }, 0])
  })

  test('a mutation is refused whole', async () => {
    const { statusCode, codes } = await send('mutation { closeAccount register(email: "a") }')

    expect([statusCode, codes, reached()]).toEqual([401, ['UNAUTHENTICATED'], 0])
  })
})
