import { randomBytes } from 'node:crypto'
import { newId } from '../../shared/ids/type-id.js'
import { someActor } from '../../shared/test/requests.js'
import type { NewMessage } from '../domain/message.js'
import type { SendLimit, SendRequest } from '../domain/sending-ports.js'
import { createStoreKit, someMessage } from '../test/store-kit.js'
import { eraseUser } from './erase.js'
import { forgetIdleCounters, takeRoom } from './send-counters.js'
import { createSendStore, forgetOldSends } from './sends.js'

const RACERS = 50
const ROUNDS = 20

let kit: Awaited<ReturnType<typeof createStoreKit>>
let poked = 0

beforeAll(async () => {
  kit = await createStoreKit()
})
afterAll(() => kit.stop())

const warmPool = () => Promise.all(Array.from({ length: RACERS }, () => kit.client`select 1`))

const store = () =>
  createSendStore(kit.db, {
    poke: () => {
      poked += 1
    },
  })

const someRequest = (): SendRequest => ({ key: randomBytes(32), payload: randomBytes(32) })

const someLimit = (burst: number, everySeconds = 60): SendLimit => ({
  key: randomBytes(32),
  bucket: { burst, everySeconds },
})

const by = someActor({ client: 'cli_1' })

const custom = (changes: Partial<NewMessage> = {}): NewMessage => ({
  ...someMessage(),
  ...{ kind: 'CUSTOM', template: 'custom', sealedSecret: null },
  ...changes,
})

const send = (request = someRequest(), limits: readonly SendLimit[] = [someLimit(100)], message = custom()) =>
  store().send(request, { message, limits, by })

const acts = async (messageId: string) =>
  kit.client`select payload from notifications.outbox
    where name = 'audit.recorded' and payload->'detail'->>'messageId' = ${messageId}`

test('writes a message and who had it sent', async () => {
  const message = custom()
  const before = poked

  const sent = await send(someRequest(), [someLimit(1)], message)

  expect(sent).toMatchObject({ kind: 'sent', message: { id: message.id, status: 'QUEUED', kind: 'CUSTOM' } })
  expect(await acts(message.id)).toMatchObject([
    {
      payload: {
        ...{ action: 'notifications.send', client: 'cli_1', subjectId: message.userId },
        detail: { kind: 'CUSTOM', template: 'custom', channel: 'EMAIL' },
      },
    },
  ])
  expect(poked).toBe(before + 1)
})

test('13.4: the same key and input is the same message; another input is a conflict', async () => {
  const request = someRequest()
  const other = { ...request, payload: randomBytes(32) }
  const first = await send(request)

  expect(await send(request)).toEqual(first)
  expect(await store().find(request)).toEqual(first)
  expect(await send(other)).toEqual({ kind: 'conflict' })
  expect(await store().find(other)).toEqual({ kind: 'conflict' })
  expect(await store().find(someRequest())).toBeNull()
})

test('13.4: of many who use a key at once one writes, and all get what it wrote', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await warmPool()
    const [request, limit, userId] = [someRequest(), someLimit(1), newId('usr')]

    const answers = await Promise.all(
      Array.from({ length: RACERS }, () => send(request, [limit], custom({ userId }))),
    )

    const ids = answers.map((answer) => (answer.kind === 'sent' ? answer.message.id : answer.kind))
    expect(new Set(ids).size).toBe(1)
    expect(await kit.messages.listByUser(userId, { first: 5, after: null })).toMatchObject([{ id: ids[0] }])
  }
})

test('13.4: after a day a key is free again', async () => {
  const request = someRequest()
  await send(request)
  await kit.client`update notifications.sends set at = now() - interval '25 hours' where key = ${Buffer.from(request.key)}`

  expect(await store().find(request)).toBeNull()
  expect(await send({ ...request, payload: randomBytes(32) })).toMatchObject({ kind: 'sent' })

  await kit.client`update notifications.sends set at = now() - interval '25 hours' where key = ${Buffer.from(request.key)}`
  await forgetOldSends(kit.db)
  expect(
    await kit.client`select from notifications.sends where key = ${Buffer.from(request.key)}`,
  ).toHaveLength(0)
})

test('an erased account leaves nothing to answer with', async () => {
  const [request, userId] = [someRequest(), newId('usr')]
  await send(request, [someLimit(1)], custom({ userId }))
  await kit.db.transaction((tx) => eraseUser(tx, { userId, contact: null }, kit.digestOf))

  expect(await store().find(request)).toEqual({ kind: 'gone' })
  expect(await send(request)).toEqual({ kind: 'gone' })
})

test('what has no room leaves nothing behind: no message, and a key that is free', async () => {
  const [wide, narrow, request, userId] = [someLimit(100), someLimit(2, 60), someRequest(), newId('usr')]
  await send(someRequest(), [wide, narrow])
  await send(someRequest(), [wide, narrow])

  const refused = await send(request, [wide, narrow], custom({ userId }))

  expect(refused).toMatchObject({ kind: 'full', retryAfter: expect.any(Number) })
  const { retryAfter } = refused as { retryAfter: number }
  expect(retryAfter).toBeGreaterThan(50)
  expect(retryAfter).toBeLessThanOrEqual(60)
  expect(await kit.messages.listByUser(userId, { first: 5, after: null })).toEqual([])
  expect(await store().find(request)).toBeNull()
  expect(await send(request, [wide])).toMatchObject({ kind: 'sent' })
})

test('what is refused by one counter takes nothing from those after it', async () => {
  const [own, shared] = [someLimit(1), someLimit(2)]
  await send(someRequest(), [own, shared])

  const refused = await Promise.all(Array.from({ length: 5 }, () => send(someRequest(), [own, shared])))

  expect(refused.every(({ kind }) => kind === 'full')).toBe(true)
  expect(await send(someRequest(), [shared])).toMatchObject({ kind: 'sent' })
  expect(await send(someRequest(), [shared])).toMatchObject({ kind: 'full' })
})

test('room comes back one by one', async () => {
  const limit = someLimit(2, 60)
  const key = Buffer.from(limit.key)
  await send(someRequest(), [limit])
  await send(someRequest(), [limit])
  await kit.client`update notifications.send_counters set full_until = full_until - interval '61 seconds' where key = ${key}`

  expect(await send(someRequest(), [limit])).toMatchObject({ kind: 'sent' })
  expect(await send(someRequest(), [limit])).toMatchObject({ kind: 'full' })

  await kit.client`update notifications.send_counters set full_until = now() - interval '1 second' where key = ${key}`
  await forgetIdleCounters(kit.db)
  expect(await kit.client`select from notifications.send_counters where key = ${key}`).toHaveLength(0)
})

test('7.3: who began before others and came after them finds the room that is left', async () => {
  const limit = someLimit(3)

  const early = await kit.db.transaction(async (tx) => {
    await tx.execute('select') // its transaction begins before those of the others
    await send(someRequest(), [limit])
    await send(someRequest(), [limit])
    return takeRoom(tx, [limit])
  })

  expect(early).toBe(true)
  expect(await send(someRequest(), [limit])).toMatchObject({ kind: 'full' })
})

test('7.3: however many send at once, no more than have room are sent', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await warmPool()
    const [client, recipient] = [someLimit(RACERS, 0.1), someLimit(5)]

    const answers = await Promise.all(
      Array.from({ length: RACERS }, () => send(someRequest(), [client, recipient])),
    )

    expect(answers.filter(({ kind }) => kind === 'sent')).toHaveLength(5)
  }
})
