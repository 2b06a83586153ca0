import type { RequestListener } from 'node:http'
import { createServer } from 'node:net'
import { startWebhookStub, status, type WebhookStub } from '../test/webhook-stub.js'
import { guardedLookup } from './guarded-lookup.js'
import { mayReach, readNetwork } from './networks.js'
import { createPost } from './post.js'
import { signatureOf } from './sign.js'

const SECRETS = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const NOW = 1_700_000_000_123
const HOME = mayReach([readNetwork('127.0.0.0/8')])
const delivery = { webhookId: 'evt_1', body: '{"type":"user.verified"}' }

let stub: WebhookStub

beforeEach(async () => {
  stub = await startWebhookStub()
})
afterEach(() => stub.stop())

type Changes = { url?: string; timeoutSeconds?: number; reach?: typeof HOME; resolved?: string }

async function send({
  url = `${stub.url}/hook?tenant=1`,
  timeoutSeconds = 5,
  reach = HOME,
  resolved,
}: Changes = {}) {
  const line = createPost(
    { id: 'crm', url, secrets: SECRETS, timeoutSeconds },
    {
      ...{ lane: 2, mayReach: reach, now: () => NOW },
      ...(resolved && {
        lookup: (may) => guardedLookup(may, (_, __, done) => done(null, [{ address: resolved, family: 4 }])),
      }),
    },
  )
  const startedAt = performance.now()
  const answer = await line.post(delivery)
  await line.stop()
  return { answer, tookMs: performance.now() - startedAt }
}

test('sends a signed webhook to where the endpoint is', async () => {
  const { answer } = await send()

  expect(answer).toEqual({ kind: 'taken' })
  expect(stub.received).toMatchObject([
    {
      path: 'POST /hook?tenant=1',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'evt_1',
        'webhook-timestamp': '1700000000',
        'webhook-signature': signatureOf(SECRETS, {
          id: 'evt_1',
          timestamp: 1_700_000_000,
          body: delivery.body,
        }),
      },
      body: delivery.body,
    },
  ])
})

test.each([
  [200, {}, { kind: 'taken' }],
  [299, {}, { kind: 'taken' }],
  [410, {}, { kind: 'gone' }],
  [400, {}, { kind: 'failed', error: 'HTTP 400' }],
  [401, { 'retry-after': '7' }, { kind: 'failed', error: 'HTTP 401' }],
  [429, { 'retry-after': '7' }, { kind: 'failed', error: 'HTTP 429', retryAfterSeconds: 7 }],
  [503, { 'retry-after': '120' }, { kind: 'failed', error: 'HTTP 503', retryAfterSeconds: 120 }],
  [503, { 'retry-after': 'soon' }, { kind: 'failed', error: 'HTTP 503' }],
])('%s is understood', async (code, headers, answer) => {
  stub.answerWith(status(code, headers as Record<string, string>))

  expect((await send()).answer).toEqual(answer)
})

test('12.2: follows no redirect', async () => {
  const elsewhere = await startWebhookStub()
  stub.answerWith(status(307, { location: `${elsewhere.url}/steal` }))

  expect((await send()).answer).toEqual({ kind: 'failed', error: 'HTTP 307' })
  expect(elsewhere.received).toEqual([])
  await elsewhere.stop()
})

test('12.2: connects to nothing private, whatever a name resolves to', async () => {
  const url = stub.url.replace('127.0.0.1', 'hooks.example.org')

  const refused = await send({ url, reach: mayReach([]), resolved: '127.0.0.1' })
  const allowed = await send({ url, resolved: '127.0.0.1' })

  expect(refused.answer).toEqual({ kind: 'failed', error: 'NOT_PUBLIC' })
  expect(allowed.answer).toEqual({ kind: 'taken' })
  expect(stub.received).toHaveLength(1)
})

const endlessly =
  (head: number, everyMs: number): RequestListener =>
  (_, response) => {
    response.writeHead(head)
    const write = () => response.write('x'.repeat(everyMs === 0 ? 65_536 : 1))
    const timer = setInterval(write, everyMs)
    response.on('close', () => clearInterval(timer))
  }

test('an endpoint that says nothing is given up on in time', async () => {
  stub.answerWith(() => {})

  const { answer, tookMs } = await send({ timeoutSeconds: 1 })

  expect(answer).toEqual({ kind: 'failed', error: 'TIMEOUT' })
  expect(tookMs).toBeLessThan(4000)
})

test.each([
  ['floods', 0],
  ['trickles', 50],
])('of an answer that %s without an end only the status counts', async (_, everyMs) => {
  stub.answerWith(endlessly(200, everyMs))
  const taken = await send({ timeoutSeconds: 1 })
  stub.answerWith(endlessly(500, everyMs))
  const failed = await send({ timeoutSeconds: 1 })

  expect(taken.answer).toEqual({ kind: 'taken' })
  expect(failed.answer).toEqual({ kind: 'failed', error: 'HTTP 500' })
  expect(taken.tookMs + failed.tookMs).toBeLessThan(6000)
})

test.each([
  'SSH-2.0-OpenSSH_9.6\r\n',
  'HTTP/1.1 200 OK\r\nx: y\u0000\r\n',
  `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
])('garbage is a failure like any other', async (garbage) => {
  const server = createServer((socket) => socket.on('error', () => {}).end(garbage))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number } // it listens on a port

  const { answer } = await send({ url: `http://127.0.0.1:${port}/`, timeoutSeconds: 2 })
  server.close()

  // A class of failure, and no word of what came.
  expect(answer).toEqual({ kind: 'failed', error: expect.stringMatching(/^\w+$/) })
})

test('11.5: an endpoint without TLS where there should be some is not talked to', async () => {
  const { answer } = await send({ url: stub.url.replace('http:', 'https:') })

  expect(answer).toEqual({ kind: 'failed', error: expect.stringMatching(/^[A-Z_]+$/) })
  expect(stub.received).toEqual([])
})
