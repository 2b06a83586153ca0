import type { ClaimedDelivery, WebhookStore } from '../domain/webhook-ports.js'
import { createWebhookKit, LANE, someEvent } from '../test/webhook-kit.js'

const RACERS = 50
const ROUNDS = 20

let kit: Awaited<ReturnType<typeof createWebhookKit>>

beforeAll(async () => {
  kit = await createWebhookKit()
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

type Store = WebhookStore<never>

const dueIds = async (webhooks: Pick<Store, 'takeDue'>) => (await webhooks.takeDue(100)).map(({ id }) => id)

async function claimed(webhooks: Pick<Store, 'claim'>, id: unknown): Promise<ClaimedDelivery> {
  const delivery = await webhooks.claim(String(id))
  if (!delivery) throw new Error('there was nothing to claim')
  return delivery
}

/** An endpoint with one delivery that waits. */
async function oneWaiting() {
  const { webhooks, id } = await kit.open()
  const event = someEvent()
  await webhooks.insert(kit.db, [event], [id])
  const [row] = await kit.rowsOf(id)
  return { webhooks, endpoint: id, event, id: String(row?.['id']) }
}

test('11.1: however often an event is told, each endpoint gets one delivery of it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { webhooks, ids } = await kit.open(2)
    const event = someEvent()

    await Promise.all(Array.from({ length: RACERS }, () => webhooks.insert(kit.db, [event], ids)))

    for (const id of ids) expect(await kit.rowsOf(id)).toHaveLength(1)
  }
}, 120_000)

test('many events are written at once, each to each endpoint', async () => {
  const { webhooks, ids } = await kit.open(3)
  const events = Array.from({ length: 200 }, () => someEvent())

  await webhooks.insert(kit.db, events, ids)

  for (const id of ids) expect(await kit.rowsOf(id)).toHaveLength(200)
})

test('of many racing senders exactly one has a delivery', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const { webhooks, id } = await oneWaiting()

    const claims = await Promise.all(Array.from({ length: RACERS }, () => webhooks.claim(id)))

    expect(claims.filter(Boolean)).toHaveLength(1)
  }
}, 120_000)

test('what is delivered has no body any more, and is not sent again', async () => {
  const { webhooks, endpoint, event, id } = await oneWaiting()
  const delivery = await claimed(webhooks, id)

  expect(delivery).toMatchObject({ endpoint, type: event.type, body: event.body, tries: 1 })
  expect(delivery.webhookId).toMatch(/^evt_[0-9a-z]{26}$/)
  expect(delivery.secondsLeft / 3600).toBeCloseTo(72, 1)
  expect(await webhooks.record(delivery, { kind: 'delivered' })).toBe(true)
  expect(await kit.rowsOf(endpoint)).toMatchObject([
    { status: 'SENT', body: null, lease: null, last_error: null },
  ])
  expect(await webhooks.claim(id)).toBeNull()
})

test('what failed waits for its next try, and is sent under the same id', async () => {
  const { webhooks, endpoint, id } = await oneWaiting()
  await dueIds(webhooks)
  const first = await claimed(webhooks, id)
  await webhooks.record(first, { kind: 'retry', error: 'HTTP 500', delayMs: 5000, endpoint: null })

  expect(await kit.rowsOf(endpoint)).toMatchObject([
    { status: 'QUEUED', waits: true, last_error: 'HTTP 500' },
  ])
  expect(await dueIds(webhooks)).toEqual([])
  await kit.elapse(endpoint, '6 seconds')

  expect(await dueIds(webhooks)).toEqual([id])
  expect(await claimed(webhooks, id)).toMatchObject({
    tries: 2,
    webhookId: first.webhookId,
    body: first.body,
  })
})

test('13.1: what a killed process held is taken by another, and its word counts no more', async () => {
  const { webhooks, endpoint, id } = await oneWaiting()
  const dead = await claimed(webhooks, id)
  expect(await webhooks.claim(id)).toBeNull()
  await kit.elapse(endpoint, '61 seconds')

  expect(await dueIds(webhooks)).toEqual([id])
  expect(await claimed(webhooks, id)).toMatchObject({ tries: 2 })
  expect(await webhooks.record(dead, { kind: 'delivered' })).toBe(false)
})

test('11.1: what its queue has lost is handed to it again', async () => {
  const { webhooks, endpoint, id } = await oneWaiting()
  expect(await dueIds(webhooks)).toEqual([id])
  expect(await dueIds(webhooks)).toEqual([])
  await kit.elapse(endpoint, '11 seconds')

  expect(await dueIds(webhooks)).toEqual([id])
  await webhooks.giveBack([id])
  expect(await dueIds(webhooks)).toEqual([id])
})

test('a slow endpoint holds its own lane and nobody else’s', async () => {
  const { webhooks, ids } = await kit.open(2)
  const [slow = '', quick = ''] = ids
  for (let count = 0; count < 20; count += 1) await webhooks.insert(kit.db, [someEvent()], [slow])
  await webhooks.insert(kit.db, [someEvent()], [quick])

  const first = await dueIds(webhooks)
  for (const id of first) await webhooks.claim(id)
  const [other] = await kit.rowsOf(quick)
  const whileSlow = await dueIds(webhooks)
  const [done = ''] = first.filter((id) => id !== other?.['id'])
  await kit.client`update notifications.webhooks set status = 'SENT' where id = ${done}`

  expect(first).toHaveLength(LANE + 1)
  expect(first).toContain(other?.['id'])
  expect(whileSlow).toEqual([])
  expect(await dueIds(webhooks)).toHaveLength(1)
})

test('an endpoint that wants no more gets no more, until somebody starts a process again', async () => {
  const { webhooks, endpoint, id } = await oneWaiting()
  await webhooks.record(await claimed(webhooks, id), {
    ...{ kind: 'retry', error: 'HTTP 410', delayMs: 0, endpoint: { kind: 'off' } },
  })
  await webhooks.insert(kit.db, [someEvent()], [endpoint])

  expect(await dueIds(webhooks)).toEqual([])
  await webhooks.open([endpoint])
  expect(await dueIds(webhooks)).toHaveLength(2)
})

test('11.3: an endpoint that asks for time gets nothing meanwhile', async () => {
  const { webhooks, endpoint, id } = await oneWaiting()
  await webhooks.record(await claimed(webhooks, id), {
    ...{ kind: 'retry', error: 'HTTP 429', delayMs: 60_000, endpoint: { kind: 'held', forMs: 60_000 } },
  })
  await webhooks.insert(kit.db, [someEvent()], [endpoint])

  expect(await dueIds(webhooks)).toEqual([])
  await kit.elapse(endpoint, '61 seconds')
  expect(await dueIds(webhooks)).toHaveLength(2)
})

test('what is for endpoints that this process does not know is left alone', async () => {
  const { endpoint } = await oneWaiting()
  const { webhooks } = await kit.open()

  expect(await dueIds(webhooks)).toEqual([])
  expect(await kit.rowsOf(endpoint)).toMatchObject([{ status: 'QUEUED', enqueued_at: null }])
})
