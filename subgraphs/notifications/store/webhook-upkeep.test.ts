import { ITSELF } from '../../shared/audit/act.js'
import { newId } from '../../shared/ids/type-id.js'
import { createWebhookKit, someEvent } from '../test/webhook-kit.js'
import { eraseWebhooks, readEndpointStates, replayWebhooks, tidyWebhooks } from './webhook-upkeep.js'

let kit: Awaited<ReturnType<typeof createWebhookKit>>

beforeAll(async () => {
  kit = await createWebhookKit()
})
afterAll(() => kit.stop())

type Ending = 'delivered' | 'dead' | 'waiting'

/** An endpoint with deliveries that ended so. */
async function withDeliveries(...endings: Ending[]) {
  const { webhooks, id: endpoint } = await kit.open()
  for (const ending of endings) {
    await webhooks.insert(kit.db, [someEvent()], [endpoint])
    const row = (await kit.rowsOf(endpoint)).at(-1)
    const delivery = ending === 'waiting' ? null : await webhooks.claim(String(row?.['id']))
    if (delivery && ending === 'delivered') await webhooks.record(delivery, { kind: 'delivered' })
    if (delivery && ending === 'dead') {
      await webhooks.record(delivery, { kind: 'dead', error: 'HTTP 500', endpoint: null })
    }
  }
  return { webhooks, endpoint }
}

const statusesOf = async (endpoint: string) => (await kit.rowsOf(endpoint)).map(({ status }) => status)

test('9.7: of a person who is gone nothing is told any more but that', async () => {
  const { webhooks, id: endpoint } = await kit.open()
  const userId = newId('usr')
  const other = someEvent()
  await webhooks.insert(kit.db, [someEvent({ userId })], [endpoint])
  await webhooks.insert(kit.db, [someEvent({ userId, type: 'session.revoked' })], [endpoint])
  await webhooks.insert(kit.db, [other], [endpoint])
  await webhooks.insert(kit.db, [someEvent({ userId, type: 'user.deleted' })], [endpoint])

  const erased = await kit.db.transaction((tx) => eraseWebhooks(tx, userId))

  expect(erased).toBe(2)
  expect(await kit.rowsOf(endpoint)).toMatchObject([{ event_id: other.eventId }, { type: 'user.deleted' }])
})

test('11.3: an operator has what was given up on sent again, from the first try and under the same id', async () => {
  const { webhooks, endpoint } = await withDeliveries('dead', 'dead', 'delivered')
  const before = await kit.rowsOf(endpoint)
  await kit.elapse(endpoint, '3 days')

  const replayed = await replayWebhooks(kit.db, { ...ITSELF, client: 'operator' })

  expect(replayed).toBe(2)
  expect(await statusesOf(endpoint)).toEqual(['QUEUED', 'QUEUED', 'SENT'])
  expect(await webhooks.takeDue(100)).toHaveLength(2)
  const again = await webhooks.claim(String(before[0]?.['id']))
  expect(again).toMatchObject({ tries: 1, body: before[0]?.['body'] })
  expect((again?.secondsLeft ?? 0) / 3600).toBeCloseTo(72, 1)
  const acts = await kit.client`select payload->'detail' as detail from notifications.outbox
    where payload->>'action' = 'webhooks.replay' and payload->>'client' = 'operator'`
  expect(acts).toEqual([{ detail: { deliveries: 2 } }])
})

test('12.5: deliveries are forgotten after a week, dead letters after a month', async () => {
  const { endpoint } = await withDeliveries('delivered', 'dead')

  await kit.elapse(endpoint, '6 days')
  await tidyWebhooks(kit.db)
  const after6 = await statusesOf(endpoint)
  await kit.elapse(endpoint, '2 days')
  await tidyWebhooks(kit.db)
  const after8 = await statusesOf(endpoint)
  await kit.elapse(endpoint, '23 days')
  await tidyWebhooks(kit.db)

  expect([after6, after8, await statusesOf(endpoint)]).toEqual([
    ['SENT', 'DEAD_LETTERED'],
    ['DEAD_LETTERED'],
    [],
  ])
})

test('what its endpoint could not be offered in time becomes a dead letter', async () => {
  const { endpoint } = await withDeliveries('waiting')
  await kit.elapse(endpoint, '72 hours')
  await tidyWebhooks(kit.db)
  const inTime = await statusesOf(endpoint)
  await kit.elapse(endpoint, '2 hours')

  expect(await tidyWebhooks(kit.db)).toEqual({ givenUp: 1 })
  expect(inTime).toEqual(['QUEUED'])
  expect(await kit.rowsOf(endpoint)).toMatchObject([{ status: 'DEAD_LETTERED', last_error: 'NOT_OFFERED' }])
})

test('so does what its sender died with, and nothing that one is at', async () => {
  const { webhooks, endpoint } = await withDeliveries('waiting')
  await kit.elapse(endpoint, '74 hours')
  const [row] = await kit.rowsOf(endpoint)
  const inHand = await webhooks.claim(String(row?.['id']))
  const whileHeld = await tidyWebhooks(kit.db)
  await kit.elapse(endpoint, '2 minutes')

  const givenUp = await tidyWebhooks(kit.db)
  const isRecorded = inHand && (await webhooks.record(inHand, { kind: 'delivered' }))

  expect([whileHeld, givenUp]).toEqual([{ givenUp: 0 }, { givenUp: 1 }])
  expect(isRecorded).toBe(false)
  expect(await statusesOf(endpoint)).toEqual(['DEAD_LETTERED'])
})

test('says how each endpoint stands', async () => {
  const { endpoint: busy } = await withDeliveries('delivered', 'dead', 'waiting', 'waiting')
  const { endpoint: idle } = await withDeliveries()
  await kit.elapse(busy, '5 minutes')

  const states = await readEndpointStates(kit.db, [busy, idle])

  expect(states).toHaveLength(2)
  const stateOf = (id: string) => states.find(({ endpoint }) => endpoint === id)
  expect(stateOf(busy)).toMatchObject({ isOff: false, waiting: 2, dead: 1 })
  expect(stateOf(busy)?.lagSeconds).toBeGreaterThanOrEqual(300)
  expect(stateOf(idle)).toEqual({ endpoint: idle, isOff: false, waiting: 0, dead: 0, lagSeconds: 0 })
})
