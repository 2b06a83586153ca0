import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { EdgeRules } from '../edge/edge-rules.js'
import { addCors, makeIsAllowedOrigin } from './cors.js'
import { createServer } from './server.js'
import { sendTo } from './test/send.js'

const APP = 'https://app.example'

let server: FastifyInstance
let base: string
let rules: EdgeRules

beforeAll(async () => {
  server = createServer({ trustedHops: 0, log: pino({ level: 'silent' }) })
  const rulesNow = () => rules
  addCors(server, { isAllowed: makeIsAllowedOrigin(['https://own.example'], rulesNow), rulesNow })
  server.post('/graphql', async () => ({ data: {} }))
  base = await server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => server.close())
beforeEach(() => {
  rules = EdgeRules.parse({ cors: { origins: [APP] } })
})

/** What browsers are told: headers by name, without `access-control-`. */
async function told(method: 'OPTIONS' | 'POST', origin: string): Promise<Record<string, unknown>> {
  const { headers } = await sendTo(base, {
    ...{ method, headers: { origin, 'access-control-request-method': 'POST' } },
    ...(method === 'POST' && { headers: { origin, 'content-type': 'application/json' }, payload: '{}' }),
  })
  expect(headers['vary']).toBe('Origin')
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const [, short] = /^access-control-(.*)$/.exec(name) ?? []
      return short ? [[short, value]] : []
    }),
  )
}

const EXPOSED = 'x-request-id, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset'

test.each([APP, 'https://own.example'])('2.2: %s, which is listed, is named', async (origin) => {
  const common = { 'allow-origin': origin, 'allow-credentials': 'true', 'expose-headers': EXPOSED }

  expect(await told('POST', origin)).toEqual(common)
  expect(await told('OPTIONS', origin)).toEqual({
    ...common,
    'allow-methods': 'GET, POST',
    'allow-headers': 'authorization, content-type, idempotency-key',
    'max-age': '600',
  })
})

test.each([
  'https://evil.example',
  'https://app.example.evil',
  'https://app.example.evil.example',
  'https://evilapp.example',
  'https://app.example@evil.example',
  'https://app.example:8443',
  'http://app.example',
  'https://APP.example',
  'https://app.example/',
  'https://app.example https://evil.example',
  '*',
  'null',
  '',
])('2.2: another one is told nothing at all: %s', async (origin) => {
  expect(await told('POST', origin)).toEqual({})
  expect(await told('OPTIONS', origin)).toEqual({})
})

test('the file says what else browsers are told, from one request to the next', async () => {
  rules = EdgeRules.parse({
    cors: { origins: [APP], credentials: false, maxAgeSeconds: 5, exposedHeaders: ['retry-after'] },
  })

  expect(await told('OPTIONS', APP)).toMatchObject({ 'max-age': '5', 'expose-headers': 'retry-after' })
  expect(await told('POST', APP)).not.toHaveProperty('allow-credentials')

  rules = EdgeRules.parse({})
  expect(await told('POST', APP)).toEqual({})
})

test.each(['*', 'null', 'https://*.example', 'https://app.example/', 'app.example'])(
  'the file lists no such origin: %s',
  (origin) => {
    expect(EdgeRules.safeParse({ cors: { origins: [origin] } }).success).toBe(false)
  },
)
