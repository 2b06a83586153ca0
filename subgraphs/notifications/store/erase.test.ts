import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { FAREWELL } from '../domain/message.js'
import { createStoreKit } from '../test/store-kit.js'
import { eraseUser, forgetFarewells, forgetNobodys } from './erase.js'

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
})
afterAll(() => kit.stop())

test('9.7: every message to a person goes with its attempts, but for the last one until it was sent', async () => {
  const userId = newId('usr')
  const [sent, waiting, other] = [
    await kit.insertMessage({ userId }),
    await kit.insertMessage({ userId }),
    await kit.insertMessage(),
  ]
  const farewell = await kit.insertMessage({ userId, template: FAREWELL })
  const claimed = await kit.deliveries.claim(sent)
  if (claimed) await kit.deliveries.record(claimed, 'smtp', { kind: 'sent', providerMessageId: null })
  const idsLeft = async () =>
    (await kit.messages.findMany([sent, waiting, other, farewell])).map(({ id }) => id)

  const first = await kit.db.transaction((tx) => eraseUser(tx, { userId, contact: null }, kit.digestOf))
  const afterFirst = await idsLeft()
  await forgetFarewells(kit.db)
  const whileItWaits = await idsLeft()
  const last = await kit.deliveries.claim(farewell)
  if (last) await kit.deliveries.record(last, 'smtp', { kind: 'sent', providerMessageId: null })
  await forgetFarewells(kit.db)

  expect(first).toBe(2)
  expect(afterFirst.sort()).toEqual([other, farewell].sort())
  expect(whileItWaits.sort()).toEqual([other, farewell].sort())
  expect(await idsLeft()).toEqual([other])
  expect(await kit.messages.listAttempts([sent, farewell])).toEqual([])
})

test('what went to an address that a service named is gone after 30 days, unless it still waits', async () => {
  const nobodys = { userId: null, sealedSecret: null }
  const [young, old, waiting] = [
    await kit.insertMessage(nobodys),
    await kit.insertMessage(nobodys),
    await kit.insertMessage(nobodys),
  ]
  const somebodys = await kit.insertMessage()
  await kit.client`update notifications.messages set status = 'SENT' where id <> ${idToUuid('ntf', waiting)}`
  await kit.client`update notifications.messages set created_at = now() - interval '31 days'
    where id <> ${idToUuid('ntf', young)}`

  await forgetNobodys(kit.db)

  const left = (await kit.messages.findMany([young, old, waiting, somebodys])).map(({ id }) => id)
  expect(new Set(left)).toEqual(new Set([young, waiting, somebodys]))
})
