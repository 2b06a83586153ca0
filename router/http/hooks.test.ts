import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import type { Hook, HookOutcome } from '../../subgraphs/shared/contracts/notifications.js'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { EdgeRules } from '../edge/edge-rules.js'
import { createEdgeLimits } from '../guard/edge-limits.js'
import { addArrivalLimits } from './arrival-limits.js'
import { addHooks } from './hooks.js'
import { createServer } from './server.js'
import { type Sent, sendTo } from './test/send.js'

let server: FastifyInstance
let base: string
let taken: Hook[]
let answer: () => HookOutcome

beforeEach(async () => {
  taken = []
  answer = () => 'TAKEN'
  server = createServer({ trustedHops: 1, log: pino({ level: 'silent' }) })
  const rules = EdgeRules.parse({
    limits: [{ name: 'hooks', by: 'network', path: '/hooks/', max: 2, window: '1m' }],
  })
  const edgeLimits = createEdgeLimits({ redis: null, rulesNow: () => rules })
  addArrivalLimits(server, { edgeLimits, refusals: { note: () => {} } })
  addHooks(server, {
    publicUrl: 'https://id.example.org',
    takeHook: async (hook) => {
      taken.push(hook)
      return { outcome: answer() }
    },
  })
  server.post('/graphql', async ({ body }) => body)
  base = await server.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => server.close())

let networks = 0

const send = ({ headers, ...sent }: Sent = {}) => {
  networks += 1
  return sendTo(base, {
    path: '/hooks/twilio?message=1',
    ...(sent.method !== 'GET' && { payload: 'a=1&b=%32' }),
    headers: { 'x-forwarded-for': `192.0.2.${networks}`, ...headers },
    ...sent,
  })
}

test('11.2: what a provider sends is handed on as it came, under the address that is set', async () => {
  const payload = Buffer.from([0, 255, 13, 10, 123])

  const { statusCode, text } = await send({
    payload,
    headers: {
      ...{ 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'abc=' },
      ...{
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        cookie: 'refresh=1',
        'x-user-id': 'usr_1',
      },
    },
  })

  expect([statusCode, text]).toEqual([204, ''])
  expect(taken).toEqual([
    {
      provider: 'twilio',
      url: 'https://id.example.org/hooks/twilio?message=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'abc=' },
      body: payload.toString('base64'),
    },
  ])
})

test.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', undefined])(
  'bytes are bytes, whatever they say they are: %s',
  async (type) => {
    await send({ payload: '{ "no": json', headers: type ? { 'content-type': type } : {} })

    expect(Buffer.from(taken[0]?.body ?? '', 'base64').toString()).toBe('{ "no": json')
  },
)

test('a token in the authorization header is the provider’s, and no bearer of ours', async () => {
  const { statusCode } = await send({ headers: { authorization: 'Bearer not.one.of-ours' } })

  expect(statusCode).toBe(204)
  expect(taken[0]?.headers).toEqual({ authorization: 'Bearer not.one.of-ours' })
})

test.each([
  ['UNKNOWN', 404],
  ['UNSIGNED', 401],
  ['FAULTY', 400],
] as const)('11.2: what is %s is %d, and says no more', async (outcome, status) => {
  answer = () => outcome

  const { statusCode, text, headers } = await send()

  expect([statusCode, text]).toEqual([status, ''])
  expect(headers).not.toHaveProperty('set-cookie')
})

test.each(['/hooks/Twilio', '/hooks/', '/hooks/a%2Fb', '/hooks/twilio/x', `/hooks/${'a'.repeat(33)}`])(
  'nobody is asked about %s',
  async (path) => {
    expect((await send({ path })).statusCode).toBe(404)
    expect(taken).toEqual([])
  },
)

test('a body of more than 64 KiB is 413, and goes no further', async () => {
  expect((await send({ payload: Buffer.alloc(64 * 1024) })).statusCode).toBe(204)
  expect((await send({ payload: Buffer.alloc(64 * 1024 + 1) })).statusCode).toBe(413)
  expect(taken).toHaveLength(1)
})

test.each([
  ['?token=abc-_1', '/account/unsubscribe#token=abc-_1'],
  ['?token=a%23b', '/account/unsubscribe'],
  ['?token=a&token=b', '/account/unsubscribe'],
  ['', '/account/unsubscribe'],
])('11.2: opening a link to unsubscribe leads to a page, and asks nobody: %s', async (query, location) => {
  const { statusCode, headers } = await send({ method: 'GET', path: `/hooks/unsubscribe${query}` })

  expect([statusCode, headers.location]).toEqual([302, location])
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  expect(taken).toEqual([])
})

test('they have a limit of their own by network, which nothing else counts in', async () => {
  const from = { headers: { 'x-forwarded-for': '198.51.100.1' } }
  const graphql = { ...from, path: '/graphql', payload: '{}' }

  const statuses = [await send(from), await send(from), await send(from)].map(({ statusCode }) => statusCode)
  const other = await send({
    ...graphql,
    headers: { ...graphql.headers, 'content-type': 'application/json' },
  })

  expect(statuses).toEqual([204, 204, 429])
  expect(other.statusCode).toBe(200)
})

test('while notifications is away the provider is to come again', async () => {
  answer = () => {
    throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
  }

  const { statusCode, headers } = await send()

  expect([statusCode, headers['retry-after']]).toEqual([503, '1'])
})

test('elsewhere a body is JSON still', async () => {
  const headers = { 'content-type': 'application/json' }

  expect((await send({ path: '/graphql', payload: '{"a":1}', headers })).text).toBe('{"a":1}')
  expect((await send({ path: '/graphql', payload: '{"a":', headers })).statusCode).toBe(400)
})
