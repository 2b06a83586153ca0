import { newId } from '../../shared/ids/type-id.js'
import type { ClaimedMessage } from '../domain/message.js'
import type { Outcome } from '../domain/ports.js'
import type { Report } from '../domain/report.js'
import { createStoreKit } from '../test/store-kit.js'

const RACERS = 50
const ROUNDS = 20
const SENT: Outcome = { kind: 'sent', providerMessageId: 'SM1' }

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

async function claimed(): Promise<ClaimedMessage> {
  const message = await kit.deliveries.claim(await kit.insertMessage({ channel: 'SMS' }))
  if (!message) throw new Error('it is due')
  return message
}

async function someSent(): Promise<string> {
  const message = await claimed()
  await kit.deliveries.record(message, 'twilio', SENT)
  return message.id
}

const report = (messageId: string, outcome: Report['outcome'] = 'DELIVERED') =>
  kit.reports.record({
    ...{ messageId, outcome, provider: 'twilio', providerMessageId: 'SM1' },
    error: outcome === 'FAILED' ? 'TWILIO 30003' : null,
    stops: null,
  })

const statusOf = async (id: string) => (await kit.rowOf(id))?.['status']
const outcomesOf = async (id: string) => (await kit.messages.listAttempts([id])).map(({ outcome }) => outcome)

test('what became of a message stands in its status, and beside its attempts', async () => {
  const [arrived, lost] = [await someSent(), await someSent()]

  expect([await report(arrived), await report(lost, 'FAILED')]).toEqual([true, true])

  expect([await statusOf(arrived), await statusOf(lost)]).toEqual(['DELIVERED', 'FAILED'])
  expect(await kit.messages.listAttempts([lost])).toMatchObject([
    { outcome: 'SENT' },
    { outcome: 'FAILED', provider: 'twilio', providerMessageId: 'SM1', error: 'TWILIO 30003' },
  ])
})

test('what was delivered stays so, whatever comes later', async () => {
  const id = await someSent()
  await report(id)

  expect([await report(id, 'FAILED'), await report(id)]).toEqual([false, false])
  expect(await statusOf(id)).toBe('DELIVERED')
  expect(await outcomesOf(id)).toEqual(['SENT', 'DELIVERED'])
})

test('of a message that nobody knows nothing is kept', async () => {
  expect(await report(newId('ntf'))).toBe(false)
})

test('11.2: a report that is faster than our own record is not taken back by it', async () => {
  const message = await claimed()
  await report(message.id)

  expect(await kit.deliveries.record(message, 'twilio', SENT)).toBe(true)
  expect(await kit.rowOf(message.id)).toMatchObject({ status: 'DELIVERED', sealed_secret: null, lease: null })
  expect(await outcomesOf(message.id)).toEqual(['DELIVERED', 'SENT'])
})

test.each([
  ['retry', { kind: 'retry', error: 'TWILIO UND_ERR_HEADERS_TIMEOUT', delayMs: 0 }],
  ['dead', { kind: 'dead', error: 'TWILIO 500' }],
  ['dropped', { kind: 'dropped', error: 'EXPIRED' }],
] as const)(
  '11.2: what has arrived is not sent again, though its answer was lost: %s',
  async (_, outcome) => {
    const [before, after] = [await claimed(), await claimed()]
    await report(before.id)
    await kit.deliveries.record(before, 'twilio', outcome)
    await kit.deliveries.record(after, 'twilio', outcome)
    await report(after.id)

    expect([await statusOf(before.id), await statusOf(after.id)]).toEqual(['DELIVERED', 'DELIVERED'])
    expect([await kit.deliveries.claim(before.id), await kit.deliveries.claim(after.id)]).toEqual([
      null,
      null,
    ])
  },
)

test.each([
  ['suppressed', { kind: 'suppressed', error: 'SUPPRESSED' }],
  ['bounced', { kind: 'bounced', status: 'BOUNCED', error: 'SMTP 550', stops: 'BOUNCE' }],
] as const)(
  '11.2: what has arrived stays so, whatever a lost answer is taken for: %s',
  async (_, outcome) => {
    const message = await claimed()
    await report(message.id)
    await kit.deliveries.record(message, 'twilio', outcome)

    expect(await statusOf(message.id)).toBe('DELIVERED')
  },
)

test('a failure does not end what is to be tried again', async () => {
  const message = await claimed()
  await kit.deliveries.record(message, 'twilio', { kind: 'retry', error: 'e', delayMs: 0 })

  expect(await report(message.id, 'FAILED')).toBe(false)
  expect(await statusOf(message.id)).toBe('QUEUED')
})

test('of a report that comes many times at once, and of its opposite, one has an effect', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, both] = [await someSent(), await someSent()]

    const same = await Promise.all(Array.from({ length: RACERS }, () => report(one, 'FAILED')))
    await Promise.all(
      Array.from({ length: RACERS }, (_, racer) => report(both, racer % 2 === 0 ? 'FAILED' : 'DELIVERED')),
    )

    expect(same.filter(Boolean)).toHaveLength(1)
    expect(await outcomesOf(one)).toEqual(['SENT', 'FAILED'])
    // A failure may stand before it, never after.
    expect((await outcomesOf(both)).at(-1)).toBe('DELIVERED')
    expect((await outcomesOf(both)).length).toBeLessThanOrEqual(3)
    expect(await statusOf(both)).toBe('DELIVERED')
  }
}, 120_000)
