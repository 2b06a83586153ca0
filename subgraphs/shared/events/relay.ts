import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Logger } from '../log/logger.js'
import type { JobQueue, Queues } from '../queue/queues.js'
import { createRounds } from '../runtime/rounds.js'
import type { EventDefinition } from './define-event.js'
import { eventQueue } from './event-queue.js'
import type { OutboxTable } from './tables.js'

const BATCH = 100
const ROUND_MS = 1000
const POKE_MS = 5
/** How often events in hand are looked after, and how long a job may simply not have been worked on yet. */
const LOOK_AFTER_MS = 5000

type Options = {
  db: PostgresJsDatabase
  outbox: OutboxTable
  produces: readonly EventDefinition[]
  queues: Queues
  log: Logger
  lookAfterMs?: number
}

export type Relay = {
  /** Something was recorded: hand it on now instead of at the next round. */
  poke(): void
  start(): void
  stop(): Promise<void>
}

/**
 * Hands recorded facts to the queue of every consumer, and looks after them until each consumer is done.
 *
 * The outbox row is the truth: a job that its queue has lost is put there again, and a consumer that saw it before
 * ignores it (inbox). So neither a crash between the two stores nor an emptied Redis loses anything.
 */
export function createRelay(options: Options): Relay {
  const { log, lookAfterMs = LOOK_AFTER_MS } = options
  const relaying = createRounds({
    name: 'relay',
    everyMs: ROUND_MS,
    pokeMs: POKE_MS,
    round: async () => {
      while ((await relayBatch(options)) === BATCH);
    },
    log,
  })
  const reconciling = createRounds({
    name: 'reconcile',
    everyMs: lookAfterMs,
    pokeMs: POKE_MS,
    round: () => reconcile(options, lookAfterMs),
    log,
  })

  return {
    poke: relaying.poke,
    start() {
      relaying.start()
      reconciling.start()
    },
    stop: async () => {
      await Promise.all([relaying.stop(), reconciling.stop()])
    },
  }
}

/** Hands a batch to every consumer's queue; the rows stay locked, so that of many relays one takes each. */
async function relayBatch({ db, outbox, produces, queues }: Options): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: outbox.id, name: outbox.name, payload: outbox.payload })
      .from(outbox)
      .where(isNull(outbox.relayedAt))
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for('update', { skipLocked: true })
    if (rows.length === 0) return 0

    const added = rows.flatMap(({ id, name, payload }) =>
      queuesOf(name, produces, queues).map((queue) => queue.add(name, payload, { jobId: id })),
    )
    await Promise.all(added)
    const ids = rows.map(({ id }) => id)
    await tx.update(outbox).set({ relayedAt: sql`now()` }).where(inArray(outbox.id, ids))
    return rows.length
  })
}

/** Looks at every event that was handed on a while ago: done, still under way, or lost by its queue. */
async function reconcile({ db, outbox, produces, queues, log }: Options, lookAfterMs: number): Promise<void> {
  const rows = await db
    .select({ id: outbox.id, name: outbox.name })
    .from(outbox)
    .where(
      and(
        isNotNull(outbox.relayedAt),
        isNull(outbox.settledAt),
        sql`${outbox.relayedAt} < now() - make_interval(secs => ${lookAfterMs / 1000})`,
      ),
    )
    .orderBy(asc(outbox.id))
    .limit(BATCH)

  for (const { id, name } of rows) {
    const states = await Promise.all(queuesOf(name, produces, queues).map((queue) => queue.getJobState(id)))
    if (states.includes('unknown')) {
      log.warn({ event: 'outbox.requeued', name, id })
      await db.update(outbox).set({ relayedAt: null }).where(eq(outbox.id, id))
    } else if (states.every((state) => state === 'completed' || state === 'failed')) {
      await db.update(outbox).set({ settledAt: sql`now()` }).where(eq(outbox.id, id))
    }
  }
  await db.delete(outbox).where(sql`${outbox.settledAt} < now() - interval '24 hours'`)
}

function queuesOf(event: string, produces: readonly EventDefinition[], queues: Queues): JobQueue[] {
  const consumers = produces.find(({ name }) => name === event)?.consumers ?? []
  return consumers.map((consumer) => queues.queue(eventQueue(consumer)))
}
