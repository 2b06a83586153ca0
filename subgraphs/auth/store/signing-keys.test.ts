import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { ITSELF } from '../../shared/audit/act.js'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { authSchema } from '../subgraph.js'
import { endedSince } from './ended-since.js'
import { createSigningKeyStore } from './signing-keys.js'
import { outbox } from './tables.js'

const RACERS = 50

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

beforeEach(() => owner`delete from auth.signing_keys`)

const ACT = { action: 'signing-key.rotate', outcome: 'SUCCESS', subjectId: null, by: ITSELF } as const

const storeOf = (algorithm = 'EdDSA') =>
  createSigningKeyStore({
    ...{ db: database.db, outbox: createOutbox(outbox, () => {}), algorithm, days: 90 },
    make: async () => ({ kid: randomUUID(), publicJwk: { alg: algorithm }, sealedPrivateJwk: 'sealed' }),
  })

const parts = async () => (await storeOf().load()).map((key) => key.part)
const kidOf = async (part: string) => (await storeOf().load()).find((key) => key.part === part)?.kid ?? ''
const age = (interval: string) =>
  owner`update auth.signing_keys set created_at = created_at - ${interval}::interval, activates_at = activates_at - ${interval}::interval`

test('of many processes that start at once one makes the key that signs and the next', async () => {
  await Promise.all(Array.from({ length: RACERS }, () => storeOf().keepUp()))

  expect(await parts()).toEqual(['NEXT', 'ACTIVE'])
})

test('4.4: by schedule the next key signs after 90 days, once, and the old one goes a quarter of an hour later', async () => {
  await storeOf().keepUp()
  const next = await kidOf('NEXT')

  await age('90 days')
  await Promise.all(Array.from({ length: RACERS }, () => storeOf().keepUp()))
  expect(await kidOf('ACTIVE')).toBe(next)
  expect(await parts()).toEqual(['NEXT', 'ACTIVE', 'RETIRING'])

  await age('16 minutes')
  await storeOf().keepUp()
  expect(await parts()).toEqual(['NEXT', 'ACTIVE'])
  expect(await kidOf('ACTIVE')).toBe(next)
})

test('on demand the next key signs; the act is told with it', async () => {
  await storeOf().keepUp()
  await age('1 day')
  const [active, next] = [await kidOf('ACTIVE'), await kidOf('NEXT')]

  const summary = await storeOf().rotate(null, ACT)

  expect(summary).toEqual({ activeKid: next, nextKid: expect.any(String), retiringKids: [active] })
  expect(await owner`select 1 from auth.outbox where name = 'audit.recorded'`).toHaveLength(1)
})

test('4.4: in an emergency the key is gone at once, and its successor was published already', async () => {
  await storeOf().keepUp()
  const [active, next] = [await kidOf('ACTIVE'), await kidOf('NEXT')]

  const summary = await storeOf().rotate(active, ACT)

  expect(summary).toMatchObject({ activeKid: next, retiringKids: [] })
  expect((await storeOf().load()).map(({ kid }) => kid)).not.toContain(active)
  expect(await storeOf().rotate(active, ACT)).toBeNull()
})

test('another algorithm by setting takes over with overlap', async () => {
  await storeOf().keepUp()
  await age('11 minutes')
  await storeOf('ES256').keepUp()
  const waiting = (await storeOf().load()).find((key) => key.part === 'NEXT')
  expect(waiting?.publicJwk).toEqual({ alg: 'ES256' })

  await age('11 minutes')
  await storeOf('ES256').keepUp()

  expect((await storeOf().load()).map((key) => [key.part, key.publicJwk['alg']])).toEqual([
    ['NEXT', 'ES256'],
    ['ACTIVE', 'ES256'],
    ['RETIRING', 'EdDSA'],
  ])
})

test('4.4: with the sessions that ended it is told which keys there are, and no more of one that was taken back', async () => {
  await storeOf().keepUp()
  const [active, next] = [await kidOf('ACTIVE'), await kidOf('NEXT')]
  const { cursor, keyIds: before } = await endedSince(database.db, null)

  await storeOf().rotate(active, ACT)
  const { keyIds } = await endedSince(database.db, cursor)

  expect(new Set(before)).toEqual(new Set([active, next]))
  expect(keyIds).toContain(next)
  expect(keyIds).not.toContain(active)
})
