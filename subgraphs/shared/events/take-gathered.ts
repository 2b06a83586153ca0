import { type Job, UnrecoverableError } from 'bullmq'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import * as z from 'zod'
import type { Subscription } from './subscription.js'
import type { InboxTable } from './tables.js'

/** How each event of a job that holds many is written there. */
const GatheredEvent = z.object({ id: z.uuid(), payload: z.unknown() })
export type GatheredEvent = z.infer<typeof GatheredEvent>

type Options = { db: PostgresJsDatabase; inbox: InboxTable; subscriptions: readonly Subscription[] }

/**
 * Takes the many events of one job in one transaction. Where one of them fails, each is taken by itself, so that it is
 * the only one that waits for the next try.
 */
export async function takeGathered(options: Options, job: Pick<Job, 'name' | 'data'>): Promise<void> {
  const interested = options.subscriptions.filter(({ event }) => event.name === job.name)
  const { told, unreadable } = readGathered(job.data, interested)
  const deps = { ...options, subscriptions: interested }
  try {
    await takeAll(deps, told)
  } catch (error) {
    if (told.length <= 1) throw error
    await takeEach(deps, told)
  }
  if (unreadable > 0) throw new UnrecoverableError(`${unreadable} of ${job.name} cannot be read`)
}

function readGathered(data: unknown, [first]: readonly Subscription[]) {
  const events = z.array(GatheredEvent).safeParse(data)
  if (!first || !events.success) return { told: [], unreadable: 1 }
  const read = events.data.map(({ id, payload }) => ({ id, ...first.event.payload.safeParse(payload) }))
  const told = read.flatMap(({ id, success, data: payload }) => (success ? [{ id, payload }] : []))
  return { told, unreadable: read.length - told.length }
}

async function takeEach(options: Options, told: readonly GatheredEvent[]): Promise<void> {
  const outcomes = []
  for (const event of told) {
    const [outcome] = await Promise.allSettled([takeAll(options, [event])])
    outcomes.push(outcome)
  }
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
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
