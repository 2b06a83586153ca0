import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import type { Queues } from '../queue/queues.js'
import { eventQueue, gatheredQueue } from './event-queue.js'
import { refuseEvent } from './refuse-event.js'
import type { Subscription } from './subscription.js'
import type { InboxTable } from './tables.js'
import { takeEvent } from './take-event.js'
import { takeGathered } from './take-gathered.js'

type Options = {
  name: SubgraphName
  db: PostgresJsDatabase
  inbox: InboxTable
  queues: Queues
  subscriptions: readonly Subscription[]
}

/**
 * Takes events from this subgraph's queues; each takes effect once, however often it is delivered. Who subscribes to one
 * event is called in turn, in one transaction.
 */
export function consumeEvents({ name, db, inbox, queues, subscriptions }: Options): void {
  queues.work(eventQueue(name), async (job) => {
    const interested = subscriptions.filter(({ event }) => event.name === job.name)
    const payload = interested[0]?.event.payload.safeParse(job.data)
    if (!payload?.success || !job.id) throw refuseEvent(job, [job.id ?? ''])
    const eventId = job.id

    await db.transaction(async (tx) => {
      if (!(await takeEvent(tx, inbox, eventId))) return
      for (const { handle } of interested) await handle(payload.data, tx, eventId)
    })
  })
  if (subscriptions.some(({ event }) => event.gathered))
    queues.work(gatheredQueue(name), (job) => takeGathered({ db, inbox, subscriptions }, job), {
      // Each job is many, in one transaction: connections are left to what is told by itself.
      concurrency: 1,
    })
}
