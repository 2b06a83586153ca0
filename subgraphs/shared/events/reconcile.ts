import { and, asc, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Logger } from '../log/logger.js'
import type { Queues } from '../queue/queues.js'
import { isProduced, type Produces, queuesOf } from './hand-on.js'
import type { OutboxTable } from './tables.js'

/** Rows that are looked after at a time, and how often in one round: what is left has its turn in the next. */
const PAGE = 200
const PAGES = 10
const FIRST = '00000000-0000-0000-0000-000000000000'

type Options = {
  db: PostgresJsDatabase
  outbox: OutboxTable
  produces: Produces
  queues: Queues
  log: Logger
}

type Row = { id: string; name: string; jobId: string | null }

type Fate = 'done' | 'lost' | 'under way'

/** Looks at what was handed on a while ago: done, still under way, or lost by its queue. Each round goes on where the one before it ended. */
export function makeReconcile(options: Options, lookAfterMs: number): () => Promise<void> {
  const { db, outbox, produces } = options
  let last = FIRST

  const page = () =>
    db
      .select({ id: outbox.id, name: outbox.name, jobId: outbox.jobId })
      .from(outbox)
      .where(
        and(
          ...[isNull(outbox.settledAt), gt(outbox.id, last), isProduced(outbox, produces)],
          sql`${outbox.relayedAt} < now() - make_interval(secs => ${lookAfterMs / 1000})`,
        ),
      )
      .orderBy(asc(outbox.id))
      .limit(PAGE)

  return async function reconcile() {
    const fates = new Map<string, Fate>()
    for (let pages = 0; pages < PAGES; pages++) {
      const rows = await page()
      await settle(options, rows, fates)
      last = rows.length === PAGE ? (rows.at(-1)?.id ?? FIRST) : FIRST
      if (last === FIRST) break
    }
    await db.delete(outbox).where(sql`${outbox.settledAt} < now() - interval '24 hours'`)
  }
}

/** What a version before this one handed on went into a job under its own id. */
const jobOf = ({ id, jobId }: Row): string => jobId ?? id

async function settle(options: Options, rows: Row[], fates: Map<string, Fate>): Promise<void> {
  const { db, outbox, log } = options
  const jobs = new Map(rows.map((row) => [jobOf(row), row]))
  const unknown = [...jobs].filter(([job]) => !fates.has(job))
  await Promise.all(unknown.map(async ([job, row]) => fates.set(job, await fateOf(options, row))))

  const idsOf = (fate: Fate) => rows.filter((row) => fates.get(jobOf(row)) === fate).map(({ id }) => id)
  const [done, lost] = [idsOf('done'), idsOf('lost')]
  const ofRows = (ids: string[]) => and(isNull(outbox.settledAt), inArray(outbox.id, ids))
  if (lost.length > 0) {
    log.warn({ event: 'outbox.requeued', ids: lost })
    await db.update(outbox).set({ relayedAt: null, jobId: null }).where(ofRows(lost))
  }
  if (done.length > 0) await db.update(outbox).set({ settledAt: sql`now()` }).where(ofRows(done))
}

async function fateOf({ produces, queues }: Options, row: Row): Promise<Fate> {
  const isGathered = row.jobId !== null && row.jobId !== row.id
  const wanted = queuesOf(row.name, { produces, queues, isGathered })
  const states = await Promise.all(wanted.map((queue) => queue.getJobState(jobOf(row))))
  if (states.includes('unknown')) return 'lost'
  return states.every((state) => state === 'completed' || state === 'failed') ? 'done' : 'under way'
}
