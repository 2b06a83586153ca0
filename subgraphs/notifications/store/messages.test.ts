import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { createStoreKit, someMessage } from '../test/store-kit.js'

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
})
afterAll(() => kit.stop())

test('makes one message of a kind for one cause, however often it is told', async () => {
  const userId = newId('usr')
  const dedupeKey = `${userId}:OTP`
  await Promise.all(Array.from({ length: 20 }, () => kit.insertMessage({ userId, dedupeKey })))

  expect(await kit.messages.listByUser(userId, { first: 100, after: null })).toHaveLength(1)
})

test('is gone with the transaction that caused it', async () => {
  const message = someMessage()
  const failed = kit.db.transaction(async (tx) => {
    await kit.messages.insert(tx, message)
    throw new Error('the cause did not come to be')
  })

  await expect(failed).rejects.toThrow('cause')
  expect(await kit.messages.findMany([message.id])).toEqual([])
})

test('lists newest first, page after page, and only the person’s own', async () => {
  const userId = newId('usr')
  const ids: string[] = []
  for (let count = 0; count < 5; count += 1) ids.unshift(await kit.insertMessage({ userId }))
  await kit.insertMessage()

  const first = await kit.messages.listByUser(userId, { first: 2, after: null })
  const second = await kit.messages.listByUser(userId, { first: 3, after: ids[1] ?? null })

  expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3)) // one more tells that there is more
  expect(second.map(({ id }) => id)).toEqual(ids.slice(2))
})

test('keeps the end of a code to the moment the event names', async () => {
  const id = await kit.insertMessage({ expiry: { at: '2030-01-01T00:00:00.000Z' } })
  const link = await kit.insertMessage({ expiry: { afterSeconds: 86_400 } })

  expect(await kit.rowOf(id)).toMatchObject({ expires: Date.parse('2030-01-01T00:00:00.000Z') / 1000 })
  expect(await kit.rowOf(link)).toMatchObject({ lifetime: 86_400 })
})

test('8.8: counts the texts to a person in a day by their words, so that none counts for another of its kind', async () => {
  const userId = newId('usr')
  const text = { userId, channel: 'SMS', kind: 'LOGIN_ALERT', template: 'login-alert' } as const
  const old = await kit.insertMessage(text)
  await kit.client`update notifications.messages set created_at = now() - interval '25 hours'
    where id = ${idToUuid('ntf', old)}`
  await kit.insertMessage(text)
  await kit.insertMessage(text)
  await kit.insertMessage({ ...text, channel: 'EMAIL' })
  await kit.insertMessage({ ...text, template: 'login-alerts-off' })
  await kit.insertMessage({ ...text, userId: newId('usr') })

  expect(await kit.messages.countTexts(kit.db, userId, 'login-alert')).toBe(2)
  await kit.db.transaction(async (tx) => {
    const more = { ...text, expiry: null, notBefore: null, causedAt: null, urgency: 1 }
    await kit.messages.insert(tx, { ...someMessage(more), id: newId('ntf') })
    expect(await kit.messages.countTexts(tx, userId, 'login-alert')).toBe(3)
  })
})
