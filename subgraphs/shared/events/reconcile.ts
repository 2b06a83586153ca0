import { and, inArray, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Logger } from '../log/logger.js'
import type { Queues } from '../queue/queues.js'
import { type Produces, queuesOf } from './hand-on.js'
import type { OutboxTable } from './tables.js'

const BATCH = 100

type Options = {
  db: PostgresJsDatabase
  outbox: OutboxTable
  produces: Produces
  queues: Queues
  log: Logger
}

/** What a version before this one handed on went into a job under its own id. */
const jobOf = (outbox: OutboxTable) => sql`coalesce(${outbox.jobId}, ${outbox.id})`

type Job = { id: string; name: string }

/** Looks at every job that was handed on a while ago: done, still under way, or lost by its queue. */
export async function reconcile(options: Options, lookAfterMs: number): Promise<void> {
  const { db, outbox } = options
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const jobs = (await db.execute(sql`
      select ${jobOf(outbox)} as id, min(name) as name from ${outbox}
      where settled_at is null and relayed_at < now() - make_interval(secs => ${lookAfterMs / 1000})
        and ${jobOf(outbox)} > ${last}::uuid
      group by 1 order by 1 limit ${BATCH}`)) as unknown as Job[]
    await settle(options, jobs)
    const end = jobs.at(-1)
    if (jobs.length < BATCH || !end) break
    last = end.id
  }
  await db.delete(outbox).where(sql`${outbox.settledAt} < now() - interval '24 hours'`)
}

async function settle({ db, outbox, produces, queues, log }: Options, jobs: Job[]): Promise<void> {
  const looked = await Promise.all(
    jobs.map(async ({ id, name }) => ({
      id,
      name,
      states: await Promise.all(queuesOf(name, produces, queues).map((queue) => queue.getJobState(id))),
    })),
  )
  const lost = looked.filter(({ states }) => states.includes('unknown'))
  for (const { id, name } of lost) log.warn({ event: 'outbox.requeued', name, id })
  const isDone = (state: string) => state === 'completed' || state === 'failed'
  const done = looked.filter(({ states }) => states.every(isDone))

  const ofJobs = (some: Job[]) => {
    const ids = some.map(({ id }) => id)
    return and(isNull(outbox.settledAt), inArray(jobOf(outbox), ids))
  }
  if (lost.length > 0) await db.update(outbox).set({ relayedAt: null, jobId: null }).where(ofJobs(lost))
  if (done.length > 0) await db.update(outbox).set({ settledAt: sql`now()` }).where(ofJobs(done))
}
