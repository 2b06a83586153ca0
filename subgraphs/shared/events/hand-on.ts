import { and, asc, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { newUuid } from '../ids/uuid.js'
import type { JobQueue, Queues } from '../queue/queues.js'
import type { EventDefinition } from './define-event.js'
import { eventQueue, gatheredQueue } from './event-queue.js'
import type { OutboxRow } from './outbox.js'
import type { OutboxTable } from './tables.js'
import type { GatheredEvent } from './take-gathered.js'

const BATCH = 100

export type Produces = readonly EventDefinition[]

type Options = { db: PostgresJsDatabase; outbox: OutboxTable; produces: Produces; queues: Queues }

/** One job in the queue of every consumer: an event under its own id, or many of a kind under an id of the job's. */
type Told = { name: string; jobId: string; ids: string[]; data: unknown; isGathered: boolean }

/** Hands a batch to every consumer's queue; the rows stay locked, so that of many relays one takes each. Whether there may be more. */
export async function handOn({ db, outbox, produces, queues }: Options): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: outbox.id, name: outbox.name, payload: outbox.payload })
      .from(outbox)
      .where(and(isNull(outbox.relayedAt), isProduced(outbox, produces)))
      .orderBy(asc(outbox.id))
      .limit(BATCH)
      .for('update', { skipLocked: true })
    if (rows.length === 0) return false

    const told = toldOf(rows, produces)
    await Promise.all(
      told.flatMap(({ name, data, jobId, isGathered }) =>
        queuesOf(name, { produces, queues, isGathered }).map((queue) => queue.add(name, data, { jobId })),
      ),
    )
    const jobOf = sql.join(
      told.flatMap(({ ids, jobId }) => ids.map((id) => sql`(${id}::uuid, ${jobId}::uuid)`)),
      sql`, `,
    )
    await tx.execute(sql`
      update ${outbox} as row set relayed_at = now(), job_id = told.job
      from (values ${jobOf}) as told(id, job) where row.id = told.id`)
    return rows.length === BATCH
  })
}

function toldOf(rows: readonly OutboxRow[], produces: Produces): Told[] {
  const isGathered = ({ name }: OutboxRow) => produces.some((event) => event.name === name && event.gathered)
  const alone = rows.filter((row) => !isGathered(row))
  const gathered = rows.filter(isGathered)
  const names = [...new Set(gathered.map(({ name }) => name))]
  return [
    ...alone.map(({ id, name, payload }) => ({
      name,
      jobId: id,
      ids: [id],
      data: payload,
      isGathered: false,
    })),
    ...names.map((name) => {
      const many = gathered.filter((row) => row.name === name)
      return {
        name,
        // New each time: a queue takes no second job under an id that it knows.
        jobId: newUuid(),
        ids: many.map(({ id }) => id),
        data: many.map(({ id, payload }): GatheredEvent => ({ id, payload })),
        isGathered: true,
      }
    }),
  ]
}

/**
 * Only what this version knows is handed on, and looked after: a row of a version to come, which is rolled out beside this
 * one, waits for a process that knows who is to be told (SECURITY 13.8).
 */
export const isProduced = (outbox: OutboxTable, produces: Produces): SQL => {
  const names = produces.map(({ name }) => name)
  return names.length > 0 ? inArray(outbox.name, names) : sql`false`
}

type Where = { produces: Produces; queues: Queues; isGathered: boolean }

export function queuesOf(event: string, { produces, queues, isGathered }: Where): JobQueue[] {
  const { consumers = [] } = produces.find(({ name }) => name === event) ?? {}
  return consumers.map((consumer) =>
    queues.queue(isGathered ? gatheredQueue(consumer) : eventQueue(consumer)),
  )
}
