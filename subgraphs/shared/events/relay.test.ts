import { sql } from 'drizzle-orm'
import { pgSchema } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import * as z from 'zod'
import { connectDatabase, type Database } from '../database/connect.js'
import { newUuid } from '../ids/uuid.js'
import { createLogger } from '../log/logger.js'
import { createQueues, type Queues } from '../queue/queues.js'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { queueBackends } from '../test/queue-backends.js'
import { consumeEvents } from './consumer.js'
import { defineEvent } from './define-event.js'
import { eventQueue } from './event-queue.js'
import { createOutbox, outboxRow } from './outbox.js'
import { createRelay, type Relay } from './relay.js'
import { type EventHandler, onEvent } from './subscription.js'
import { inboxTable, outboxTable } from './tables.js'

const shop = pgSchema('shop')
const outboxRows = outboxTable(shop)
const inboxRows = inboxTable(shop)
const TABLES = `create schema shop;
  create table shop.outbox (id uuid primary key, name text not null, payload jsonb not null,
    created_at timestamptz default now(), relayed_at timestamptz, job_id uuid, settled_at timestamptz);
  create table shop.inbox (event_id uuid primary key, received_at timestamptz default now())`

const ordered = defineEvent('shop.ordered', ['notifications'], z.object({ order: z.number() }))
const log = createLogger({ level: 'silent' })

let orders = 0

describe.each(queueBackends())('13.1: events over queues on $name', ({ prepare }) => {
  let testDatabase: TestDatabase
  let database: Database
  let queues: Queues
  let relay: Relay

  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    const owner = postgres(testDatabase.ownerUrl, { max: 1, onnotice: () => {} })
    await owner.unsafe(TABLES)
    await owner.end()
    database = connectDatabase({ url: testDatabase.ownerUrl, name: 'test' })
    queues = createQueues(await prepare(testDatabase), log)
    relay = createRelay({
      db: database.db,
      outbox: outboxRows,
      produces: [ordered],
      queues,
      log,
      lookAfterMs: 200,
    })
    consumeEvents({
      name: 'notifications',
      db: database.db,
      inbox: inboxRows,
      queues,
      subscriptions: [subscription, second],
    })
    relay.start()
  })

  afterAll(async () => {
    await relay.stop()
    await queues.stop()
    await database.stop()
    await testDatabase.stop()
  })

  /** What each order's handler does, and how often it got through. */
  const handlers = new Map<number, EventHandler<{ order: number }>>()
  const handled = new Map<number, number>()
  const subscription = onEvent(ordered, async (payload, tx, eventId) => {
    await handlers.get(payload.order)?.(payload, tx, eventId)
    handled.set(payload.order, (handled.get(payload.order) ?? 0) + 1)
  })

  /** Another who wants to know; what it does is done with what the first did, or not at all. */
  const seconds = new Map<number, EventHandler<{ order: number }>>()
  const second = onEvent(ordered, async (payload, tx, eventId) =>
    seconds.get(payload.order)?.(payload, tx, eventId),
  )

  async function record(order: number, { rollBack = false } = {}) {
    const work = database.db.transaction(async (tx) => {
      await createOutbox(outboxRows, relay.poke).record(tx, ordered, { order })
      if (rollBack) throw new Error('undone')
    })
    await (rollBack ? expect(work).rejects.toThrow('undone') : work)
  }

  async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await holds())) await new Promise((later) => setTimeout(later, 20))
  }

  const isSettled = async (order: number) => {
    const rows = await database.client`
      select 1 from shop.outbox where settled_at is not null and (payload->>'order')::int = ${order}`
    return rows.length === 1
  }

  test('a recorded fact reaches its consumer once and is settled', async () => {
    const order = ++orders
    await record(order)

    await until(() => isSettled(order))

    expect(handled.get(order)).toBe(1)
  })

  test('a fact whose transaction was undone is never told', async () => {
    const [undone, told] = [++orders, ++orders]
    await record(undone, { rollBack: true })
    await record(told)

    await until(() => handled.has(told))

    expect(handled.has(undone)).toBe(false)
  })

  test('a fact delivered twice takes effect once', async () => {
    const order = ++orders
    const { id, name, payload } = outboxRow(ordered, { order })
    // The first delivery took effect, but the queue never heard of it.
    await database.client`insert into shop.inbox (event_id) values (${id})`
    await queues.queue(eventQueue('notifications')).add(name, payload, { jobId: id })

    await until(async () => (await queues.queue(eventQueue('notifications')).getJobState(id)) === 'completed')

    expect(handled.has(order)).toBe(false)
  })

  test('a fact that its queue has lost is handed to it again', async () => {
    const order = ++orders
    const { id, name, payload } = outboxRow(ordered, { order })
    // As after a Redis was emptied: the row says that it was handed on, and the queue knows nothing.
    await database.client`insert into shop.outbox (id, name, payload, relayed_at)
      values (${id}, ${name}, ${JSON.stringify(payload)}::text::jsonb, now() - interval '1 minute')`

    await until(() => isSettled(order))

    expect(handled.get(order)).toBe(1)
  })

  test('13.8: a row of a version to come is left to who knows whom to tell', async () => {
    const [unknown, order] = [newUuid(), ++orders]
    await database.client`insert into shop.outbox (id, name, payload) values (${unknown}, 'shop.shipped', '{}')`
    await record(order)

    await until(() => isSettled(order))

    const rows = await database.client`select relayed_at, settled_at from shop.outbox where id = ${unknown}`
    expect(rows).toEqual([{ relayed_at: null, settled_at: null }])
  })

  test('13.8: an event of a version to come waits in the queue for a consumer that knows it', async () => {
    const [unknown, unreadable] = [newUuid(), newUuid()]
    const queue = queues.queue(eventQueue('notifications'))

    await queue.add('shop.shipped', {}, { jobId: unknown })
    await queue.add(ordered.name, { order: 'none' }, { jobId: unreadable })

    for (const id of [unknown, unreadable])
      await until(async () => (await queue.getJobState(id)) === 'delayed')
  })

  test('more jobs than there are connections are all done, and others read meanwhile', async () => {
    const many = Array.from({ length: 60 }, () => ++orders)
    for (const order of many)
      handlers.set(order, async (_, tx) => {
        await tx.execute(sql`select pg_sleep(0.02)`)
      })
    await Promise.all(many.map((order) => record(order)))

    let longest = 0
    while (!many.every((order) => handled.has(order))) {
      const since = performance.now()
      await database.client`select 1`
      longest = Math.max(longest, performance.now() - since)
    }

    expect(longest).toBeLessThan(5000)
  })

  test('two who subscribe to one event write in one transaction', async () => {
    const order = ++orders
    const marks: string[] = []
    const mark = (id: string): EventHandler<unknown> => {
      return async (_, tx) => {
        await tx.insert(inboxRows).values({ eventId: id })
        marks.push(id)
        if (marks.length === 2) throw new Error('not yet')
      }
    }
    const [one, other] = [newUuid(), newUuid()]
    handlers.set(order, mark(one))
    seconds.set(order, mark(other))
    await record(order)

    await until(() => isSettled(order))

    // Had the first one's row stayed when the second failed, it could not have written it again.
    expect(marks).toEqual([one, other, one, other])
  })

  test('a consumer that fails is tried again until it succeeds', async () => {
    const order = ++orders
    let tries = 0
    handlers.set(order, async () => {
      if (++tries < 3) throw new Error('not yet')
    })
    await record(order)

    await until(() => isSettled(order))

    expect(tries).toBe(3)
    expect(handled.get(order)).toBe(1)
  })
})
