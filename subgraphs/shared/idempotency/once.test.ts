import { pgSchema } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import * as z from 'zod'
import { connectDatabase, type Database } from '../database/connect.js'
import { requestContext } from '../graphql/request-context.js'
import { keyedDigest } from '../secrets/data-key.js'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { someCaller, someViewer } from '../test/requests.js'
import { createOnce, forgetOldRequests, type Once } from './once.js'
import { idempotencyTable } from './table.js'

const RACERS = 50
const ROUNDS = 20

const table = idempotencyTable(pgSchema('shop'))
const TABLE = `create schema shop;
  create table shop.idempotent_requests (id bytea primary key, payload bytea not null,
    started_at timestamptz not null default now(), owner text not null, answer jsonb)`

/** What is remembered of an order; a refusal is not. */
const remembers = z.object({ kind: z.literal('ordered'), number: z.number(), at: z.coerce.date() })
type Answer = z.output<typeof remembers> | { kind: 'refused' }

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let once: Once
let sent = 0
let orders = 0

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = postgres(testDatabase.ownerUrl, { max: 1, onnotice: () => {} })
  await owner.unsafe(TABLE)
  database = connectDatabase({ url: testDatabase.ownerUrl, name: 'test', onStatement: () => sent++ })
  once = createOnce({ db: database.db, table, digestKey: new Uint8Array(32).fill(1) })
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

beforeEach(async () => {
  await owner`delete from shop.idempotent_requests`
  orders = 0
})

const ADA = someViewer({ userId: 'usr_ada' })

type Given = Partial<{
  key: string | null
  viewer: typeof ADA | null
  ip: string
  input: object
  operation: string
}>

/** Orders something as Ada under one key, unless told otherwise. */
function order(given: Given = {}, act = async (): Promise<Answer> => next()) {
  const { key = 'key', viewer = ADA, ip = '198.51.100.7', input = { item: 1 }, operation = 'order' } = given
  const request = requestContext({
    caller: someCaller({ viewer, clientIp: ip }),
    ...(key !== null && { idempotencyKey: key }),
  })
  return once(request, { operation, input, remembers, act })
}

const next = () => ({ kind: 'ordered' as const, number: ++orders, at: new Date('2030-01-01T00:00:00Z') })
const age = (interval: string) =>
  owner`update shop.idempotent_requests set started_at = now() - ${interval}::interval`

test('13.8: what was begun before fields had an order is known', async () => {
  const first = await order({ input: { to: 'Brno', item: 1 } })
  const payload = keyedDigest(
    new Uint8Array(32).fill(1),
    JSON.stringify(['payload', { to: 'Brno', item: 1 }]),
  )
  await owner`update shop.idempotent_requests set payload = ${payload}`

  expect(await order({ input: { to: 'Brno', item: 1 } })).toEqual(first)
  await expect(order({ input: { to: 'Brno', item: 2 } })).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  })
})

test('13.8: has the digests that are stored, which an earlier version took', async () => {
  const to = { zip: '602 00', city: 'Brno' }
  const rows = { 10: 'x', 9: 'y', '-': ['z', null, '\ud83d'] }
  await order({ input: { to, item: 1, note: null, at: new Date(0), rows } })

  const [row] = await owner`select encode(id, 'hex') as id, encode(payload, 'hex') as payload
    from shop.idempotent_requests`
  expect(row).toEqual({
    id: 'bb14f248e0675114d4ebe45c4ba876557db00344e945befbaca49c000ab6218d',
    payload: 'a6ecbc7baf685f295599f8f938ba7cfab445ac703efd642414dadcc1d95dc615',
  })
})

test('13.4: the order in which fields are written makes no other input, but that of a list does', async () => {
  const first = await order({ input: { item: 1, to: { city: 'Brno', zip: '602 00' }, extras: ['a', 'b'] } })

  const again = await order({ input: { extras: ['a', 'b'], to: { zip: '602 00', city: 'Brno' }, item: 1 } })

  expect(again).toEqual(first)
  const other = { item: 1, to: { city: 'Brno', zip: '602 00' }, extras: ['b', 'a'] }
  await expect(order({ input: other })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  expect(orders).toBe(1)
})

test('13.4: the same key and input get the same answer, and one effect', async () => {
  const first = await order()
  const second = await order()

  expect(first).toEqual({ kind: 'ordered', number: 1, at: new Date('2030-01-01T00:00:00Z') })
  expect(second).toEqual(first)
  expect(orders).toBe(1)
})

test('13.4: the same key with another input is a conflict', async () => {
  await order()

  await expect(order({ input: { item: 2 } })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
  expect(orders).toBe(1)
})

test('13.4: a key belongs to whoever sent it, and to one field', async () => {
  await order()

  await order({ viewer: someViewer({ userId: 'usr_bob' }) })
  await order({ viewer: null })
  await order({ viewer: null, ip: '203.0.113.9' })
  await order({ operation: 'refund' })

  expect(orders).toBe(5)
})

test('13.4: of many callers with one key one acts; the others get its answer or are told to try again', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    orders = 0
    const outcomes = await Promise.allSettled(
      Array.from({ length: RACERS }, () =>
        order({ key: `round ${round}` }, async () => {
          await new Promise((later) => setTimeout(later, 5))
          return next()
        }),
      ),
    )

    expect(orders).toBe(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') expect(outcome.value).toMatchObject({ number: 1 })
      else expect(outcome.reason).toMatchObject({ code: 'CONFLICT', details: { retryAfterSeconds: 1 } })
    }
  }
})

test('an act that failed, and one that was refused, may be tried again under their key', async () => {
  const failing = async (): Promise<Answer> => {
    throw new Error('the shop burns')
  }
  await expect(order({}, failing)).rejects.toThrow('the shop burns')
  expect(await order({}, async () => ({ kind: 'refused' }))).toEqual({ kind: 'refused' })

  expect(await order()).toMatchObject({ number: 1 })
})

test('13.1: a key whose act died is free again after half a minute, and not before', async () => {
  await order()
  await owner`update shop.idempotent_requests set answer = null`

  await age('29 seconds')
  await expect(order()).rejects.toMatchObject({ code: 'CONFLICT' })
  await age('31 seconds')
  expect(await order()).toMatchObject({ number: 2 })
})

test('an act that outlives its turn leaves the answer of the next one alone', async () => {
  let finish = () => {}
  const slow = order({}, () => new Promise((answer) => { finish = () => answer(next()) })) // biome-ignore format: one act
  await new Promise((later) => setTimeout(later, 100))
  await age('31 seconds')
  const second = await order()
  finish()
  await slow

  expect(await order()).toEqual(second)
})

test('13.4: after a day a key means nothing any more, and its row goes', async () => {
  await order()
  await age('23 hours 59 minutes')
  expect(await order()).toMatchObject({ number: 1 })
  await forgetOldRequests({ db: database.db, table })
  expect(await owner`select 1 from shop.idempotent_requests`).toHaveLength(1)

  await age('24 hours 1 minute')
  expect(await order()).toMatchObject({ number: 2 })
  await age('24 hours 1 minute')
  await forgetOldRequests({ db: database.db, table })
  expect(await owner`select 1 from shop.idempotent_requests`).toHaveLength(0)
})

test('12.3: neither key nor input is stored as it was sent', async () => {
  await order({ key: 'visible-key', input: { password: 'visible-password' } })

  const [row] = await owner`select row_to_json(r)::text as text, r.* from shop.idempotent_requests r`
  expect(row?.['text']).not.toContain(Buffer.from('visible').toString('hex'))
  expect(JSON.stringify(row)).not.toContain('visible')
})

test('without a key an act costs no statement, and with one two', async () => {
  const count = async (given: Given) => {
    const before = sent
    await order(given)
    return sent - before
  }

  expect(await count({ key: null })).toBe(0)
  expect(await count({})).toBe(2)
  expect(await count({})).toBe(1)
})
