import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createReceiver } from '../../../docs/example-webhook-receiver.js'
import { createWebhookCheck } from '../test/webhook-schema.js'
import { PUBLIC_EVENTS, PUBLIC_TYPES } from './catalogue.js'
import { mayReach, readNetwork } from './networks.js'
import { createPost } from './post.js'

const text = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')

const examples = [...text.matchAll(/^\{ "type".*\}$/gm)].map(
  ([line]) => JSON.parse(line) as { type: string; timestamp: string; data: unknown },
)

test('the documentation has an example of each event, and a line that says when it is told', () => {
  expect(examples.map(({ type }) => type)).toEqual(PUBLIC_TYPES)
  expect([...text.matchAll(/^\| `([a-z]+\.[a-z-]+)`/gm)].map(([, type]) => type)).toEqual(PUBLIC_TYPES)
})

test.each(examples)('the example of $type is what is sent', ({ type, timestamp, data }) => {
  const shapes = PUBLIC_EVENTS.filter((event) => event.type === type)

  // Parsing leaves out what no shape names: nothing of the example is.
  for (const shape of shapes) expect(shape.data.parse(data)).toEqual(data)
  expect(new Date(timestamp).toISOString()).toBe(timestamp)
})

const faultsOf = createWebhookCheck()

test.each(examples)('the schema knows $type, each of its fields, and what may be added to it', (example) => {
  const data = example.data as Record<string, unknown>

  expect(faultsOf(example)).toEqual([])
  expect(faultsOf({ ...example, added: 1, data: { ...data, added: 1 } })).toEqual([])
  expect(faultsOf({ ...example, timestamp: 'yesterday' })).not.toEqual([])
  for (const field of Object.keys(data)) {
    expect(faultsOf({ ...example, data: { ...data, [field]: undefined } })).not.toEqual([])
    expect(faultsOf({ ...example, data: { ...data, [field]: { nested: 1 } } })).not.toEqual([])
  }
})

test('the schema knows no other type', () => {
  expect(faultsOf({ ...examples[0], type: 'user.unheard-of' })).not.toEqual([])
})

test.each(PUBLIC_TYPES)(
  '%s tells ids, times and reasons, and nothing that a person is known or reached by',
  (type) => {
    const everything = {
      ...{ userId: 'usr_1', sessionId: 'ses_1', sessionIds: ['ses_1'], changeId: 'ccg_1', isNewDevice: true },
      ...{
        replacedUserId: null,
        reason: 'REUSE',
        how: 'RESET',
        change: 'RESET',
        until: null,
        effectiveAt: '2026-01-01T00:00:00Z',
      },
      ...{
        email: 'ada@example.org',
        ip: '198.51.100.7',
        device: 'Firefox',
        displayName: 'Ada',
        phoneNumber: '+49151',
      },
      ...{
        sealedToken: 'ey',
        sealedCode: 'ey',
        verificationUrl: 'https://x',
        undoUrl: 'https://x',
        keptTicket: 'x',
      },
    }

    for (const shape of PUBLIC_EVENTS.filter((event) => event.type === type)) {
      const told = shape.data.parse(everything) as Record<string, unknown>
      expect(Object.keys(told)).toEqual(Object.keys(examples.find((one) => one.type === type)?.data ?? {}))
    }
  },
)

describe('the receiver of the documentation', () => {
  const SECRET = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
  const OTHER = Buffer.alloc(32, 9)
  const delivery = { webhookId: 'evt_1', body: JSON.stringify(examples[0]) }

  /** What it makes of a request that is signed by these at such a time. */
  async function sent(secrets: readonly Uint8Array[], now = Date.now()) {
    const seen: unknown[] = []
    const receiver = createReceiver({
      secret: `whsec_${SECRET.toString('base64')}`,
      once: async (...given) => seen.push(given) > 0,
    })
    await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
    const { port } = receiver.address() as AddressInfo // it listens on a port
    const { post, stop } = createPost(
      { id: 'crm', url: `http://127.0.0.1:${port}/`, secrets, timeoutSeconds: 5 },
      { lane: 1, mayReach: mayReach([readNetwork('127.0.0.1/32')]), now: () => now },
    )
    const answer = await post(delivery)
    await stop()
    await new Promise((closed) => receiver.close(closed))
    return { answer, seen }
  }

  test('takes what we send', async () => {
    expect(await sent([SECRET])).toEqual({ answer: { kind: 'taken' }, seen: [['evt_1', examples[0]]] })
  })

  test('takes it while another secret takes the place of the one it knows', async () => {
    expect((await sent([OTHER, SECRET])).answer).toEqual({ kind: 'taken' })
  })

  test('refuses what others send, and what is old', async () => {
    const refused = { answer: { kind: 'failed', error: 'HTTP 401' }, seen: [] }

    expect(await sent([OTHER])).toEqual(refused)
    expect(await sent([SECRET], Date.now() - 301_000)).toEqual(refused)
  })
})
