import { randomUUID } from 'node:crypto'
import type { ClaimedMessage } from '../domain/message.js'
import { createStoreKit } from '../test/store-kit.js'

const RACERS = 50

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

const dueIds = async (limit = 1000) => (await kit.deliveries.takeDue('EMAIL', limit)).map(({ id }) => id)

async function claimed(id: string): Promise<ClaimedMessage> {
  const message = await kit.deliveries.claim(id)
  if (!message) throw new Error('there was nothing to claim')
  return message
}

test('lets exactly one of many racing senders have a message', async () => {
  for (let repetition = 0; repetition < 20; repetition += 1) {
    const id = await kit.insertMessage()

    const claims = await Promise.all(Array.from({ length: RACERS }, () => kit.deliveries.claim(id)))

    expect(claims.filter(Boolean)).toHaveLength(1)
  }
})

test('gives each message that is due to one of many dispatchers', async () => {
  const ids = await Promise.all(Array.from({ length: 100 }, () => kit.insertMessage()))

  const taken = (await Promise.all(Array.from({ length: 20 }, () => dueIds(100)))).flat()

  expect(new Set(taken).size).toBe(taken.length)
  expect(taken).toEqual(expect.arrayContaining(ids))
})

test('11.6: hands out what is due on one channel, however much waits on the other', async () => {
  const mails = [await kit.insertMessage({ urgency: 0 }), await kit.insertMessage({ urgency: 0 })]
  const text = await kit.insertMessage({ channel: 'SMS' })

  const texts = await kit.deliveries.takeDue('SMS', 1)
  const rest = await dueIds()

  expect(texts).toEqual([{ id: text, urgency: 1 }])
  expect(rest).toEqual(expect.arrayContaining(mails))
  expect(rest).not.toContain(text)
})

test('hands a message out again when its queue seems to have lost it', async () => {
  const id = await kit.insertMessage()
  expect(await dueIds()).toContain(id)
  expect(await dueIds()).not.toContain(id)

  await kit.elapse(id, '11 seconds')

  expect(await dueIds()).toContain(id)
})

test('of what was queued long ago takes only what a dead sender held, where no more is asked for', async () => {
  const queued = await kit.insertMessage()
  const held = await kit.insertMessage()
  await dueIds()
  await claimed(held)
  await kit.elapse(queued, '1 minute')
  await kit.elapse(held, '1 minute')

  const fresh = (await kit.deliveries.takeDue('EMAIL', 1000, 'NEW')).map(({ id }) => id)
  const taken = (await kit.deliveries.takeDue('EMAIL', 1000, 'ABANDONED_TOO')).map(({ id }) => id)

  expect(fresh).not.toContain(held)
  expect(taken).toContain(held)
  expect(taken).not.toContain(queued)
})

test('takes what somebody waits for before what was due long ago', async () => {
  await dueIds()
  const notices = [await kit.insertMessage(), await kit.insertMessage()]
  await Promise.all(notices.map((id) => kit.elapse(id, '1 hour')))
  const code = await kit.insertMessage({ urgency: 0 })

  expect(await kit.deliveries.takeDue('EMAIL', 2)).toEqual([
    { id: code, urgency: 0 },
    { id: expect.any(String), urgency: 1 },
  ])
})

test('hands a message out at once when the queue did not take it', async () => {
  const id = await kit.insertMessage()
  await kit.deliveries.takeDue('EMAIL', 1000)

  await kit.deliveries.giveBack([id])

  expect(await dueIds()).toContain(id)
})

test('wipes the secret and the facts of what was sent, and keeps the attempt', async () => {
  const id = await kit.insertMessage()

  await kit.deliveries.record(await claimed(id), 'smtp', { kind: 'sent', providerMessageId: 'p1' })

  expect(await kit.rowOf(id)).toMatchObject({
    status: 'SENT',
    sealed_secret: null,
    variables: {},
    lease: null,
    sent_at: expect.any(String),
  })
  expect(await kit.messages.listAttempts([id])).toMatchObject([
    {
      messageId: id,
      provider: 'smtp',
      outcome: 'SENT',
      providerMessageId: 'p1',
      error: null,
      nextAttemptAt: null,
    },
  ])
  expect(await kit.deliveries.claim(id)).toBeNull()
})

test.each([
  ['dead', 'DEAD_LETTERED'],
  ['dropped', 'FAILED'],
] as const)('wipes the secret of a message that is %s', async (kind, status) => {
  const id = await kit.insertMessage()

  await kit.deliveries.record(await claimed(id), 'smtp', { kind, error: 'SMTP 550' })

  expect(await kit.rowOf(id)).toMatchObject({ status, sealed_secret: null })
  expect(await kit.deliveries.claim(id)).toBeNull()
})

test('keeps a message back until its next try, secret and all', async () => {
  const id = await kit.insertMessage()
  await kit.deliveries.takeDue('EMAIL', 1000)
  await kit.deliveries.record(await claimed(id), 'smtp', { kind: 'retry', error: 'SMTP 451', delayMs: 5000 })

  expect(await kit.rowOf(id)).toMatchObject({
    status: 'QUEUED',
    sealed_secret: 'sealed',
    tries: 1,
    waits: true,
  })
  expect(await kit.deliveries.claim(id)).toBeNull()
  expect(await dueIds()).not.toContain(id)
  await kit.elapse(id, '6 seconds')

  expect(await dueIds()).toContain(id)
  expect(await claimed(id)).toMatchObject({ tries: 2, sealedSecret: 'sealed' })
})

test('looks at a message again when it expires, and not after', async () => {
  const id = await kit.insertMessage({ expiry: { afterSeconds: 10 } })
  await kit.deliveries.record(await claimed(id), 'smtp', { kind: 'retry', error: 'x', delayMs: 3_600_000 })

  await kit.elapse(id, '10 seconds')

  expect(await claimed(id)).toMatchObject({ expired: true })
})

test('a lease that is renewed is not taken, however long the sending takes', async () => {
  const id = await kit.insertMessage({ expiry: null })
  const { lease } = await claimed(id)
  await kit.elapse(id, '20 seconds')
  const renewed = await kit.deliveries.renew({ id, lease })
  await kit.elapse(id, '20 seconds')

  expect(renewed).toBe(true)
  expect(await kit.deliveries.claim(id)).toBeNull()
  expect(await kit.deliveries.renew({ id, lease: randomUUID() })).toBe(false)
})

test('takes the lease from a sender that died, whose word counts no more', async () => {
  const id = await kit.insertMessage({ expiry: null })
  const dead = await claimed(id)
  await kit.elapse(id, '4 minutes')
  const heir = await claimed(id)

  expect(await kit.deliveries.record(dead, 'smtp', { kind: 'sent', providerMessageId: null })).toBe(false)
  expect(await kit.messages.listAttempts([id])).toEqual([])
  expect(await kit.deliveries.record(heir, 'smtp', { kind: 'sent', providerMessageId: null })).toBe(true)
})

test('tells how long a message should have been there: from its cause, or from the end of the night it waits for', async () => {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
  const late = await claimed(await kit.insertMessage({ causedAt: ago(60) }))
  const rested = await claimed(await kit.insertMessage({ causedAt: ago(3600), notBefore: ago(30) }))
  const ahead = await claimed(await kit.insertMessage({ causedAt: ago(-60) }))

  expect(late.waitedSeconds).toBeGreaterThanOrEqual(60)
  expect(rested.waitedSeconds).toBeGreaterThanOrEqual(30)
  expect(rested.waitedSeconds).toBeLessThan(3600)
  expect(ahead.waitedSeconds).toBe(0)
})

test('tells of each channel how long something has been due and was not sent', async () => {
  const id = await kit.insertMessage()
  await kit.elapse(id, '2 days')
  const before = await kit.deliveries.oldestDueSeconds()
  await claimed(id)
  const after = await kit.deliveries.oldestDueSeconds()

  expect(before.EMAIL).toBeGreaterThanOrEqual(2 * 86_400)
  expect(before.SMS).toBeLessThan(86_400)
  expect(after.EMAIL).toBeLessThan(86_400)
})
