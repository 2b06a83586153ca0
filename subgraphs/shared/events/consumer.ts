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

/** Takes events from this subgraph's queue; each takes effect once, however often it is delivered. */
export function consumeEvents({ name, db, inbox, queues, subscriptions }: Options): void {
  const byName = new Map(subscriptions.map((subscription) => [subscription.event.name, subscription]))

  queues.work(eventQueue(name), async (job) => {
    const subscription = byName.get(job.name)
    const payload = subscription?.event.payload.safeParse(job.data)
    if (!subscription || !payload?.success || !job.id)
      throw new UnrecoverableError(`not an event for ${name}`)
    const eventId = job.id

    await db.transaction(async (tx) => {
      if (await takeEvent(tx, inbox, eventId)) await subscription.handle(payload.data, tx, eventId)
    })
  })
}
