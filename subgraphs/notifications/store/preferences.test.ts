import { ITSELF } from '../../shared/audit/act.js'
import { idToUuid, newId } from '../../shared/ids/type-id.js'
import type { PreferenceStore } from '../domain/ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from '../domain/preferences.js'
import { createStoreKit } from '../test/store-kit.js'
import { eraseUser } from './erase.js'
import { createPreferenceStore } from './preferences.js'

const RACERS = 50
const ROUNDS = 20

let kit: Awaited<ReturnType<typeof createStoreKit>>
let store: PreferenceStore

beforeAll(async () => {
  kit = await createStoreKit()
  store = createPreferenceStore(kit.db, { poke: () => {} })
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

const change = (userId: string, changes: Partial<Preferences>) => store.change(userId, changes, ITSELF)

async function toldOf(userId: string): Promise<unknown[]> {
  const rows = await kit.client`select name, payload->'detail' as detail from notifications.outbox
    where payload->>'userId' = ${userId} or payload->>'subjectId' = ${userId} order by name, id`
  return rows.map(({ name, detail }) => ({ name, detail }))
}

test('who never chose has the defaults', async () => {
  expect(await store.findMany([newId('usr')])).toEqual([DEFAULT_PREFERENCES])
})

test('keeps what is chosen, and changes what is given alone', async () => {
  const userId = newId('usr')
  const quietHours = { from: '22:00', to: '07:00' }

  await change(userId, { productNews: true, quietHours })
  await change(userId, { preferredChannel: 'SMS' })
  const chosen = await store.findMany([newId('usr'), userId])
  await change(userId, { quietHours: null })

  expect(chosen).toEqual([
    DEFAULT_PREFERENCES,
    { ...DEFAULT_PREFERENCES, productNews: true, preferredChannel: 'SMS', quietHours },
  ])
  expect(await store.findMany([userId])).toMatchObject([{ quietHours: null, productNews: true }])
})

test('12.4: each change is in the audit log, by the names of its fields', async () => {
  const userId = newId('usr')

  await change(userId, { productNews: true, profileChanges: true })

  expect(await toldOf(userId)).toEqual([
    { name: 'audit.recorded', detail: { fields: 'productNews profileChanges' } },
  ])
})

test('7.5: of many who switch the alerts off at once, one does, and one notice tells of it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const userId = newId('usr')
    // A row that is there: who inserts one waits for it anyway.
    await change(userId, { productNews: true })

    await Promise.all(Array.from({ length: RACERS }, () => change(userId, { loginAlerts: false })))

    const told = await kit.client`select count(*)::int as notices from notifications.outbox
      where name = 'notifications.login-alerts-switched-off' and payload->>'userId' = ${userId}`
    expect(told[0]).toEqual({ notices: 1 })
  }
}, 120_000)

test('one thing is switched off once, and is an act once, however many press at once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const userId = newId('usr')
    await change(userId, { profileChanges: true, productNews: true })

    await Promise.all(Array.from({ length: RACERS }, () => store.switchOff(userId, 'profileChanges', ITSELF)))

    expect(await store.findMany([userId])).toMatchObject([{ profileChanges: false, productNews: true }])
    expect(await toldOf(userId)).toEqual([
      { name: 'audit.recorded', detail: { fields: 'profileChanges productNews' } },
      { name: 'audit.recorded', detail: { fields: 'profileChanges' } },
    ])
  }
}, 120_000)

test('7.5: who is spared the alerts by a link is told that they are off, like everybody', async () => {
  const userId = newId('usr')

  await store.switchOff(userId, 'loginAlerts', ITSELF)

  expect(await toldOf(userId)).toMatchObject([
    { name: 'audit.recorded' },
    { name: 'notifications.login-alerts-switched-off' },
  ])
})

test('9.7: what was chosen goes with the account', async () => {
  const userId = newId('usr')
  await change(userId, { productNews: true })

  expect(await kit.db.transaction((tx) => eraseUser(tx, { userId, contact: null }, kit.digestOf))).toBe(1)
  const rows =
    await kit.client`select 1 from notifications.preferences where user_id = ${idToUuid('usr', userId)}`
  expect(rows).toEqual([])
})
