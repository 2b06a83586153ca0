import type { Job } from 'bullmq'
import { inArray } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import * as z from 'zod'
import { refuseEvent } from './refuse-event.js'
import type { Subscription } from './subscription.js'
import type { InboxTable } from './tables.js'

/** How each event of a job that holds many is written there. */
const GatheredEvent = z.object({ id: z.uuid(), payload: z.unknown() })
export type GatheredEvent = z.infer<typeof GatheredEvent>

type Options = { db: PostgresJsDatabase; inbox: InboxTable; subscriptions: readonly Subscription[] }

/** So many in a row fail for a reason that is not theirs: what they need is away. */
const FAILED_IN_A_ROW = 3

/**
 * Takes the many events of one job in one transaction. Where one of them fails, each is taken by itself, so that it is
 * the only one that waits for the next try.
 */
export async function takeGathered(
  options: Options,
  job: Pick<Job, 'name' | 'data' | 'timestamp'>,
): Promise<void> {
  const interested = options.subscriptions.filter(({ event }) => event.name === job.name)
  const { told, unreadable } = readGathered(job.data, interested)
  const deps = { ...options, subscriptions: interested }
  try {
    await takeAll(deps, told)
  } catch (error) {
    if (told.length <= 1) throw error
    await takeEach(deps, await untaken(deps, told))
  }
  if (unreadable.length > 0) throw refuseEvent(job, unreadable)
}

function readGathered(data: unknown, [first]: readonly Subscription[]) {
  const events = z.array(GatheredEvent).safeParse(data)
  if (!first || !events.success) return { told: [], unreadable: ['the job'] }
  const read = events.data.map(({ id, payload }) => ({ id, ...first.event.payload.safeParse(payload) }))
  const told = read.flatMap(({ id, success, data: payload }) => (success ? [{ id, payload }] : []))
  return { told, unreadable: read.flatMap(({ id, success }) => (success ? [] : [id])) }
}

async function untaken({ db, inbox }: Options, told: readonly GatheredEvent[]): Promise<GatheredEvent[]> {
  const ids = told.map(({ id }) => id)
  const rows = await db.select({ id: inbox.eventId }).from(inbox).where(inArray(inbox.eventId, ids))
  const taken = new Set(rows.map(({ id }) => id))
  return told.filter(({ id }) => !taken.has(id))
}

async function takeEach(options: Options, told: readonly GatheredEvent[]): Promise<void> {
  let failed: PromiseRejectedResult | null = null
  let inARow = 0
  for (const event of told) {
    const [outcome] = await Promise.allSettled([takeAll(options, [event])])
    if (outcome.status === 'rejected') failed = outcome
    inARow = outcome.status === 'rejected' ? inARow + 1 : 0
    if (inARow === FAILED_IN_A_ROW) break
  }
  if (failed) throw failed.reason
}

async function takeAll({ db, inbox, subscriptions }: Options, told: readonly GatheredEvent[]): Promise<void> {
  if (told.length === 0) return
  await db.transaction(async (tx) => {
    const rows = told.map(({ id }) => ({ eventId: id }))
    const taken = await tx.insert(inbox).values(rows).onConflictDoNothing().returning({ id: inbox.eventId })
    const isFresh = new Set(taken.map(({ id }) => id))
    const fresh = told.filter(({ id }) => isFresh.has(id))
    for (const { handleMany } of subscriptions) if (fresh.length > 0) await handleMany(fresh, tx)
  })
}
