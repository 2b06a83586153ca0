import { UnrecoverableError } from 'bullmq'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type * as z from 'zod'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import type { Queues } from '../queue/queues.js'
import type { EventDefinition } from './define-event.js'
import { eventQueue } from './event-queue.js'
import type { Transaction } from './outbox.js'
import type { InboxTable } from './tables.js'
import { takeEvent } from './take-event.js'

/** What to do when told. Whatever it writes goes into `tx`, so that it happens once. */
export type EventHandler<Payload> = (payload: Payload, tx: Transaction, eventId: string) => Promise<void>

export type Subscription = {
  event: EventDefinition
  handle: EventHandler<unknown>
}

export const onEvent = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  handle: EventHandler<z.output<Payload>>,
): Subscription => ({
  event,
  // The payload is parsed with this very definition before `handle` sees it.
  handle: handle as EventHandler<unknown>,
})

type Options = {
  name: SubgraphName
  db: PostgresJsDatabase
  inbox: InboxTable
  queues: Queues
  subscriptions: readonly Subscription[]
}

/**
 * Takes events from this subgraph's queue; each takes effect once, however often it is delivered. Who subscribes to one
 * event is called in turn, in one transaction.
 */
export function consumeEvents({ name, db, inbox, queues, subscriptions }: Options): void {
  queues.work(eventQueue(name), async (job) => {
    const interested = subscriptions.filter(({ event }) => event.name === job.name)
    const payload = interested[0]?.event.payload.safeParse(job.data)
    if (!payload?.success || !job.id) throw new UnrecoverableError(`not an event for ${name}`)
    const eventId = job.id

    await db.transaction(async (tx) => {
      if (!(await takeEvent(tx, inbox, eventId))) return
      for (const { handle } of interested) await handle(payload.data, tx, eventId)
    })
  })
}
