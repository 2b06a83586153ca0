import { pgSchema } from 'drizzle-orm/pg-core'
import postgres from 'postgres'
import * as z from 'zod'
import { connectDatabase, type Database } from '../database/connect.js'
import { newUuid } from '../ids/uuid.js'
import { createLogger } from '../log/logger.js'
import { createQueues, type Queues } from '../queue/queues.js'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { eventually } from '../test/eventually.js'
import { queueBackends } from '../test/queue-backends.js'
import { consumeEvents } from './consumer.js'
import { defineEvent } from './define-event.js'
import { gatheredQueue } from './event-queue.js'
import { createOutbox, outboxRow } from './outbox.js'
import { createRelay, type Relay } from './relay.js'
import { type ManyHandler, onEvents } from './subscription.js'
import { inboxTable, outboxTable } from './tables.js'

const shop = pgSchema('shop')
const outboxRows = outboxTable(shop)
const inboxRows = inboxTable(shop)
const TABLES = `create schema shop;
  create table shop.outbox (id uuid primary key, name text not null, payload jsonb not null,
    created_at timestamptz default now(), relayed_at timestamptz, job_id uuid, settled_at timestamptz);
  create table shop.inbox (event_id uuid primary key, received_at timestamptz default now());
  create table shop.visits (page int)`

const visited = defineEvent('shop.visited', ['notifications'], z.object({ page: z.number() }), {
  gathered: true,
})
const log = createLogger({ level: 'silent' })

type Visit = { page: number }

let pages = 0
const somePages = (count: number) => Array.from({ length: count }, () => ++pages)

describe.each(queueBackends())('13.1: many events in one job on $name', ({ prepare }) => {
  let testDatabase: TestDatabase
  let database: Database
  let queues: Queues
  let relay: Relay

  beforeAll(async () => {
    testDatabase = await createTestDatabase()
    database = connectDatabase({ url: testDatabase.ownerUrl, name: 'test' })
    const owner = postgres(testDatabase.ownerUrl, { max: 1, onnotice: () => {} })
    await owner.unsafe(TABLES)
    await owner.end()
    queues = createQueues(await prepare(testDatabase), log)
    const { db } = database
    relay = createRelay({ db, outbox: outboxRows, produces: [visited], queues, log, lookAfterMs: 200 })
    consumeEvents({ name: 'notifications', db, inbox: inboxRows, queues, subscriptions: [subscription] })
    relay.start()
  })

  afterAll(async () => {
    await relay.stop()
    await queues.stop()
    await database.stop()
    await testDatabase.stop()
  })

  /** Of which pages the handler was called together, and a page that it fails of so many times more. */
  const calls: number[][] = []
  const failures = new Map<number, number>()
  const handle: ManyHandler<Visit> = async (events, tx) => {
    const told = events.map(({ payload }) => payload.page)
    calls.push(told)
    for (const page of told) await tx.insert(visits).values({ page })
    for (const page of told) {
      const left = failures.get(page) ?? 0
      failures.set(page, left - 1)
      if (left > 0) throw new Error('not yet')
    }
  }
  const visits = shop.table('visits', (column) => ({ page: column.integer() }))
  const subscription = onEvents(visited, handle)

  async function record(told: readonly number[]) {
    await database.db.transaction(async (tx) => {
      for (const page of told) await createOutbox(outboxRows, () => {}).record(tx, visited, { page })
    })
    relay.poke()
  }

  const kept = async (told: readonly number[]): Promise<number[]> => {
    const rows = await database.client`select page from shop.visits where page = any(${[...told]})`
    return rows.map(({ page }) => page as number).sort((one, other) => one - other)
  }
  const settled = async (told: readonly number[]): Promise<number> => {
    const rows = await database.client`
      select 1 from shop.outbox where settled_at is not null and (payload->>'page')::int = any(${[...told]})`
    return rows.length
  }
  const add = (data: unknown, jobId: string) =>
    queues.queue(gatheredQueue('notifications')).add(visited.name, data, { jobId })
  const isAt = (jobId: string, state: string) =>
    eventually(async () => (await queues.queue(gatheredQueue('notifications')).getJobState(jobId)) === state)

  test('what was recorded together reaches its consumer in one call, once, and is settled', async () => {
    const told = somePages(30)
    await record(told)

    await eventually(async () => (await settled(told)) === 30)

    expect(await kept(told)).toEqual(told)
    expect(calls.filter((call) => call.some((page) => told.includes(page)))).toEqual([told])
  })

  test('one that fails holds up none of the others, and is tried until it succeeds', async () => {
    const told = somePages(5)
    failures.set(told[2] as number, 4)
    await record(told)

    await eventually(async () => (await settled(told)) === 5)

    expect(await kept(told)).toEqual(told)
    const [together, ...apart] = calls.filter((call) => call.some((page) => told.includes(page)))
    expect(together).toEqual(told)
    expect(apart.slice(0, 5)).toEqual(told.map((page) => [page]))
  })

  test('where all fail, what they need is away: they are not all tried one by one', async () => {
    const told = somePages(20)
    const apart = told.slice(0, 3)
    for (const page of apart) failures.set(page, page === apart[0] ? 2 : 1)
    await record(told)

    await eventually(async () => (await settled(told)) === 20)

    expect(await kept(told)).toEqual(told)
    const own = calls.filter((call) => call.some((page) => told.includes(page)))
    expect(own).toEqual([told, ...apart.map((page) => [page]), told])
  })

  test('what was delivered before does nothing again beside what was not', async () => {
    const [seen, unseen] = somePages(2) as [number, number]
    const rows = [seen, unseen].map((page) => outboxRow(visited, { page }))
    await database.client`insert into shop.inbox (event_id) values (${rows[0]?.id ?? ''})`
    const jobId = newUuid()

    await add(
      rows.map(({ id, payload }) => ({ id, payload })),
      jobId,
    )
    await isAt(jobId, 'completed')

    expect(await kept([seen, unseen])).toEqual([unseen])
  })

  test('a job that its queue has lost is handed on again, under another id', async () => {
    const told = somePages(3)
    const lost = newUuid()
    // As after a Redis was emptied: the rows say that they were handed on, and the queue knows nothing.
    for (const page of told) {
      const { id, name, payload } = outboxRow(visited, { page })
      await database.client`insert into shop.outbox (id, name, payload, relayed_at, job_id)
        values (${id}, ${name}, ${JSON.stringify(payload)}::text::jsonb, now() - interval '1 minute', ${lost})`
    }

    await eventually(async () => (await settled(told)) === 3)

    expect(await kept(told)).toEqual(told)
    const jobs = await database.client`select distinct job_id from shop.outbox
      where (payload->>'page')::int = any(${told})`
    expect(jobs.map(({ job_id: id }) => id)).not.toContain(lost)
  })

  test('13.8: what cannot be read yet waits for who can, and the others in its job are taken', async () => {
    const [page] = somePages(1) as [number]
    const { id, payload } = outboxRow(visited, { page })
    const jobId = newUuid()

    await add(
      [
        { id: newUuid(), payload: { page: 'none' } },
        { id, payload },
      ],
      jobId,
    )
    await isAt(jobId, 'delayed')

    expect(await kept([page])).toEqual([page])
  })
})
