import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { someViewer } from '../../subgraphs/shared/test/requests.js'
import type { Answer } from '../answer-operation.js'
import { EdgeRules } from '../edge/edge-rules.js'
import type { OperationFacts } from '../guard/facts.js'
import type { RequestHolder } from '../subgraphs/request-holder.js'
import { addAccessLog } from './access-log.js'
import { createCookies } from './cookies.js'
import { addCors } from './cors.js'
import { addGraphQLRoute } from './graphql-route.js'
import { createServer } from './server.js'
import { type Sent, sendTo } from './test/send.js'

const OWN = 'http://localhost:4000'
const FACTS: OperationFacts = {
  ...{ rootFields: [], introspects: false, needsViewer: [], scopes: [], policies: [], assurances: [] },
  ...{
    credentialCount: 0,
    startsSession: null,
    rateLimited: [],
    cost: [],
    publicCache: null,
    variableDefaults: {},
  },
  operation: 'query' as OperationFacts['operation'],
}

type Stub = {
  holders: RequestHolder[]
  answer: (holder: RequestHolder) => Answer
  facts: OperationFacts
  ended: boolean
  looks: number
  lines: string[]
}

let stub: Stub
let server: FastifyInstance
let base: string

async function startServer(trustedHops = 0): Promise<void> {
  const log = pino({ level: 'info' }, { write: (line: string) => stub.lines.push(line) })
  const made = createServer({ trustedHops, log })
  addCors(made, { isAllowed: (origin) => origin === OWN, rulesNow: () => EdgeRules.parse({}) })
  addGraphQLRoute(made, {
    answer: async (_, holder) => {
      stub.holders.push(holder)
      return { answer: stub.answer(holder), facts: stub.facts, allowance: null }
    },
    verifyAccessToken: async (token) => {
      if (token !== 'good') throw new AppError('UNAUTHENTICATED')
      return { viewer: someViewer(), accessVersion: 0 }
    },
    endedSessions: { isRefused: async () => stub.ended, poke: () => void stub.looks++ },
    refusals: { note: () => {} },
    cookies: createCookies(OWN),
    isAllowedOrigin: (origin) => origin === OWN,
    showHints: false,
    accessLog: addAccessLog(made, log),
  })
  base = await made.listen({ port: 0, host: '127.0.0.1' })
  server = made
}

beforeEach(async () => {
  stub = {
    ...{ holders: [], answer: () => ({ data: { ok: true } }), facts: FACTS },
    ...{ ended: false, looks: 0, lines: [] },
  }
  await startServer()
})
afterEach(() => server.close())

const JSON_TYPE = { 'content-type': 'application/json' }

/** A good request, but for what a test changes. */
const send = ({ headers, method = 'POST', ...sent }: Sent = {}) =>
  sendTo(base, {
    method,
    headers: { ...JSON_TYPE, ...headers },
    ...(method !== 'GET' && method !== 'OPTIONS' && { payload: '{"query":"{ ok }"}' }),
    ...sent,
  })

describe('2.1: what may be sent', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
    'application/json; charset=latin1',
    'application/json; charset=utf-8; x=y',
    'text/plain; application/json',
  ])('a body of type %s is refused with 415', async (type) => {
    const response = await send({ headers: { 'content-type': type } })

    expect(response.statusCode).toBe(415)
    expect(stub.holders).toHaveLength(0)
  })

  test.each([
    ['a path that cannot be read', { method: 'GET', path: '/%zz' }, 400],
    ['more headers than allowed', { headers: { 'x-much': 'x'.repeat(17_000) } }, 431],
  ] as const)('1.2: %s is refused without a word of the framework', async (_, sent, status) => {
    const { statusCode, text } = await send(sent)

    expect(statusCode).toBe(status)
    expect(text).not.toMatch(/FST|zz|component|exceeded/i)
  })

  test('a body of no type is refused with 415', async () => {
    const response = await sendTo(base, { payload: '{"query":"{ ok }"}' })

    expect(response.statusCode).toBe(415)
  })

  test.each(['gzip', 'identity', 'br'])(
    'a body with Content-Encoding %s is refused with 415',
    async (encoding) => {
      expect((await send({ headers: { 'content-encoding': encoding } })).statusCode).toBe(415)
    },
  )

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    '%s is accepted',
    async (type) => {
      expect((await send({ headers: { 'content-type': type } })).statusCode).toBe(200)
    },
  )

  test.each(['PUT', 'DELETE', 'GET'] as const)('%s is refused with 405', async (method) => {
    const response = await send({ method })

    expect(response.statusCode).toBe(405)
    expect(response.headers['allow']).toBe('POST')
  })

  test.each([
    '[{"query":"{ ok }"}]',
    '"{ ok }"',
    '{}',
    '{"query":""}',
    '{"query":7}',
    '{"query":"{ ok }","variables":[]}',
    '{"query":',
    '',
    '{"query":"{ ok }","__proto__":{"x":1}}',
  ])('%s is refused with 400', async (payload) => {
    const response = await send({ payload })

    expect(response.statusCode).toBe(400)
    expect(response.codes).toEqual(['BAD_USER_INPUT'])
    expect(stub.holders).toHaveLength(0)
  })

  test('more than 100 KiB are refused with 413', async () => {
    const response = await send({
      payload: JSON.stringify({ query: '{ ok }', variables: { a: 'x'.repeat(102_400) } }),
    })

    expect(response.statusCode).toBe(413)
  })

  test('more than 16 KiB of headers are refused with 431', async () => {
    expect((await send({ headers: { padding: 'x'.repeat(17_000) } })).statusCode).toBe(431)
  })

  test('an address of more than 2 KiB is refused', async () => {
    expect((await send({ path: `/graphql?${'x'.repeat(2048)}` })).statusCode).toBe(400)
  })

  test('an unknown path is 404 without a word', async () => {
    const response = await send({ method: 'GET', path: '/.env' })

    expect([response.statusCode, response.text]).toEqual([404, ''])
  })
})

describe('1.4: who asks', () => {
  test.each(['Bearer bad', 'Basic YTpi', 'Bearer', 'good', 'Bearer good extra'])(
    'a bad Authorization is refused with 401, never passed over: %s',
    async (authorization) => {
      const response = await send({ headers: { authorization } })

      expect([response.statusCode, response.codes]).toEqual([401, ['UNAUTHENTICATED']])
      expect(stub.holders).toHaveLength(0)
    },
  )

  test('a token of an ended session is refused with 401', async () => {
    stub.ended = true

    expect((await send({ headers: { authorization: 'Bearer good' } })).statusCode).toBe(401)
  })

  test('a good token is the viewer', async () => {
    await send({ headers: { authorization: 'Bearer good' } })

    expect(stub.holders[0]?.caller.viewer).toEqual(someViewer())
  })
})

describe('4.5: the set of ended sessions is looked at', () => {
  const MUTATION = { ...FACTS, operation: 'mutation' as OperationFacts['operation'] }
  const SIGNED_IN = { headers: { authorization: 'Bearer good' } }
  const cookie = (value: string | null) => ({ name: 'refreshToken' as const, value, expiresAt: null })
  const signsIn = (holder: RequestHolder): Answer => {
    holder.caller = { ...holder.caller, viewer: someViewer() }
    holder.cookieChanges.push(cookie('new'))
    return { data: {} }
  }
  const signsOut = (holder: RequestHolder): Answer => {
    holder.cookieChanges.push(cookie(null))
    return { data: {} }
  }

  test.each([
    ['at once after what a person did who was signed in', MUTATION, SIGNED_IN, signsIn, 1],
    ['at once where a cookie is taken away', MUTATION, {}, signsOut, 1],
    ['in its own time after a sign-in, of which there may be hundreds a second', MUTATION, {}, signsIn, 0],
    ['in its own time after a query', FACTS, SIGNED_IN, () => ({ data: {} }), 0],
  ] as const)('%s', async (_, facts, sent, answer, looks) => {
    Object.assign(stub, { facts, answer })
    await send(sent)

    expect(stub.looks).toBe(looks)
  })
})

describe('2.2: cookies and origins', () => {
  const cookie = 'usergraph-refresh=r'

  test('a request with cookies from another origin is refused with 403', async () => {
    const response = await send({ headers: { cookie, origin: 'https://evil.test' } })

    expect([response.statusCode, response.codes]).toEqual([403, ['FORBIDDEN']])
    expect(stub.holders).toHaveLength(0)
  })

  test.each(['null', 'http://localhost:4000.evil.test', 'https://localhost:4000'])(
    'so is one from %s',
    async (origin) => {
      expect((await send({ headers: { cookie, origin } })).statusCode).toBe(403)
    },
  )

  test('its own origin and clients without one may send them', async () => {
    expect((await send({ headers: { cookie, origin: OWN } })).statusCode).toBe(200)
    expect((await send({ headers: { cookie } })).statusCode).toBe(200)
    expect(stub.holders.map(({ cookies }) => cookies)).toEqual([{ refreshToken: 'r' }, { refreshToken: 'r' }])
  })

  test('a preflight names a listed origin, and never another', async () => {
    const listed = await send({ method: 'OPTIONS', headers: { origin: OWN } })
    const stranger = await send({ method: 'OPTIONS', headers: { origin: 'https://evil.test' } })

    expect(listed.headers['access-control-allow-origin']).toBe(OWN)
    expect(listed.headers['vary']).toBe('Origin')
    expect(stranger.headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('2.10: where from', () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.1, 198.51.100.2, 192.0.2.3' }

  test.each([
    [0, '127.0.0.1'],
    [1, '192.0.2.3'],
    [2, '198.51.100.2'],
  ])('behind %i proxies the client is %s', async (hops, expected) => {
    await server.close()
    await startServer(hops)

    await send({ headers: forwarded })

    expect(stub.holders[0]?.caller.clientIp).toBe(expected)
  })

  test('what is no address is not believed', async () => {
    await server.close()
    await startServer(1)

    await send({ headers: { 'x-forwarded-for': "1.2.3.4'; drop table" } })
    await send({ headers: { 'x-forwarded-for': '::ffff:192.0.2.3' } })

    expect(stub.holders.map(({ caller }) => caller.clientIp)).toEqual(['127.0.0.1', '192.0.2.3'])
  })

  test('what a client writes of itself changes nothing of who asks', async () => {
    await server.close()
    await startServer(1)
    const network = { 'x-forwarded-for': '192.0.2.3' }
    const words = [
      'x-user-id',
      'x-user',
      'x-auth-request-user',
      'x-remote-user',
      'x-scopes',
      'x-roles',
      'x-caller',
      'x-viewer',
    ]
    const places = [
      'x-real-ip',
      'true-client-ip',
      'cf-connecting-ip',
      'x-client-ip',
      'x-cluster-client-ip',
      'x-original-forwarded-for',
    ]
    const written = {
      ...Object.fromEntries(words.map((name) => [name, 'usr_root'])),
      ...Object.fromEntries(places.map((name) => [name, '198.51.100.9'])),
      forwarded: 'for=198.51.100.9;host=evil.test;proto=https',
      'x-forwarded-host': 'evil.test',
      'x-usergraph-assertion': 'e30.e30.e30',
      'x-usergraph-cookies': '{"refreshToken":"r"}',
    }

    await send({ headers: network })
    await send({ headers: { ...network, ...written } })

    const [plain, dressed] = stub.holders.map(({ caller, ...holder }) => ({
      ...holder,
      caller: { ...caller, requestId: '' },
    }))
    expect(dressed).toEqual(plain)
    expect(plain?.caller).toMatchObject({ viewer: null, clientIp: '192.0.2.3' })
  })

  test('a request id is ours, whatever was sent', async () => {
    const response = await send({ headers: { 'x-request-id': 'mine', 'request-id': 'mine' } })

    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(stub.holders[0]?.caller.requestId).toBe(response.headers['x-request-id'])
  })
})

describe('the answer', () => {
  test('is private, and JSON of the kind that was asked for', async () => {
    const plain = await send()
    const modern = await send({ headers: { accept: 'application/graphql-response+json' } })

    expect(plain.headers['cache-control']).toBe('no-store')
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(modern.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8')
  })

  test('2.11: may be kept when all of it is public and nothing failed', async () => {
    stub.facts = { ...FACTS, publicCache: { maxAgeSeconds: 60 } }
    const kept = await send()
    stub.answer = () => ({
      data: null,
      errors: [{ message: '', extensions: { code: 'SERVICE_UNAVAILABLE', requestId: 'r' } }],
    })
    const failed = await send()

    expect(kept.headers['cache-control']).toBe('public, max-age=60')
    expect([failed.statusCode, failed.headers['cache-control']]).toEqual([200, 'no-store'])
  })

  test('5.1: sets the cookies auth asked for, and is never kept then', async () => {
    stub.facts = { ...FACTS, publicCache: { maxAgeSeconds: 60 } }
    stub.answer = (holder) => {
      holder.cookieChanges.push({ name: 'refreshToken', value: 'r', expiresAt: null })
      return { data: {} }
    }
    const response = await send()

    expect(response.headers['set-cookie']).toBe('usergraph-refresh=r; Path=/; HttpOnly; SameSite=Strict')
    expect(response.headers['cache-control']).toBe('no-store')
  })

  test('is 400 when variables kept the operation from beginning', async () => {
    stub.answer = () => ({
      errors: [{ message: '', extensions: { code: 'BAD_USER_INPUT', requestId: 'r' } }],
    })

    expect((await send()).statusCode).toBe(400)
  })

  test('says when to come again', async () => {
    stub.answer = () => {
      throw new AppError('RATE_LIMITED', { retryAfterSeconds: 9 })
    }
    const response = await send()

    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '9'])
    expect(response.json).toMatchObject({ errors: [{ extensions: { retryAfterSeconds: 9 } }] })
  })

  test('1.2: a fault is 500 without a word of it, and in the log under the same id', async () => {
    stub.answer = () => {
      throw new Error('pg://secret')
    }
    const response = await send()

    expect([response.statusCode, response.codes]).toEqual([500, ['INTERNAL_SERVER_ERROR']])
    expect(response.text).not.toContain('secret')
    expect(stub.lines.join('')).toContain(String(response.headers['x-request-id']))
  })
})

test('12.3: the access log has no header, address, document or variable', async () => {
  await send({
    headers: { authorization: 'Bearer good', cookie: 'usergraph-refresh=hush', 'user-agent': 'agent-hush' },
    payload: '{"query":"{ ok(a: \\"hush\\") }","variables":{"a":"hush"},"operationName":"Named"}',
    path: '/graphql?token=hush',
  })

  const lines = stub.lines.join('')
  expect(lines).toContain('"status":200')
  expect(lines).toContain('"name":"Named"')
  expect(lines).not.toMatch(/hush|good|127\.0\.0\.1/)
})
