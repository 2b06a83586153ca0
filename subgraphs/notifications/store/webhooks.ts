import { randomUUID } from 'node:crypto'
import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { GIVE_UP_AFTER_HOURS } from '../domain/webhook-delay.js'
import type { ClaimedDelivery, WebhookStore } from '../domain/webhook-ports.js'
import { recordWebhook } from './record-webhook.js'
import { webhookEndpoints, webhooks } from './webhook-tables.js'

/** Longer than any endpoint may take, so that a lease need not be renewed. */
const LEASE = sql`now() + interval '60 seconds'`
/** A job this young is on its way; an older one may be lost, and adding it again changes nothing if it is not. */
const ENQUEUED_LONG_AGO = sql`now() - interval '10 seconds'`

const isOpen = inArray(webhooks.status, ['QUEUED', 'SENDING'])
/** One condition for what waits and for what its sender died with. */
export const due = and(isOpen, lte(webhooks.nextAttemptAt, sql`now()`))

/** Of rows in one statement, which has a bound on its parameters. */
const BATCH = 500

export const giveUpAt = sql`now() + make_interval(hours => ${GIVE_UP_AFTER_HOURS})`

type Options = {
  db: PostgresJsDatabase
  /** Those that this process knows. */
  endpoints: readonly string[]
  /** How many deliveries one endpoint is sent at once, by all processes together. */
  lane: number
}

export function createWebhookStore({ db, endpoints, lane }: Options): WebhookStore<Transaction> {
  const known = sql`${endpointArray(endpoints)}`

  return {
    async open(ids) {
      if (ids.length === 0) return
      await db
        .insert(webhookEndpoints)
        .values(ids.map((id) => ({ id })))
        .onConflictDoUpdate({ target: webhookEndpoints.id, set: { offAt: null, heldUntil: null } })
    },

    async insert(tx, events, to) {
      const rows = to.flatMap((endpoint) =>
        events.map((event) => ({ ...event, endpoint, id: newUuid(), giveUpAt })),
      )
      for (let start = 0; start < rows.length; start += BATCH) {
        await tx
          .insert(webhooks)
          .values(rows.slice(start, start + BATCH))
          .onConflictDoNothing({ target: [webhooks.eventId, webhooks.endpoint] })
      }
    },

    async takeDue(limit) {
      const taken = await db.execute<{ id: string }>(sql`
        update ${webhooks} set enqueued_at = now()
        where id in (select id from (${dueInLanes(known, lane)}) as waiting limit ${limit})
        returning id`)
      return taken.map(({ id }) => ({ id, urgency: 0 }))
    },

    async giveBack(ids) {
      await db
        .update(webhooks)
        .set({ enqueuedAt: null })
        .where(inArray(webhooks.id, [...ids]))
    },

    claim: (id) => claim(db, id),
    record: recordWebhook(db),
  }
}

/** Names of endpoints have no character that an array's text would have to quote. */
const endpointArray = (endpoints: readonly string[]): SQL => sql`${`{${endpoints.join(',')}}`}::text[]`

/**
 * What is due, of each endpoint as much as its lane has room for: one that is slow holds its own lane and nobody else's.
 * Two who look at the same moment may fill a lane twice, and no more than that.
 */
const dueInLanes = (endpoints: SQL, lane: number): SQL => sql`
  select due.id from ${webhookEndpoints} as endpoint
  cross join lateral (
    select waiting.id from ${webhooks} as waiting
    where waiting.endpoint = endpoint.id and waiting.status in ('QUEUED', 'SENDING') and waiting.next_attempt_at <= now()
      and (waiting.enqueued_at is null or waiting.enqueued_at <= ${ENQUEUED_LONG_AGO})
    order by waiting.next_attempt_at
    limit greatest(0, ${lane}::int - (
      select count(*) from ${webhooks} as hand
      where hand.endpoint = endpoint.id and hand.status in ('QUEUED', 'SENDING')
        and hand.enqueued_at > now() - interval '80 seconds'
        and (hand.enqueued_at > ${ENQUEUED_LONG_AGO} or (hand.status = 'SENDING' and hand.next_attempt_at > now()))
    ))
    for update skip locked
  ) as due
  where endpoint.id = any(${endpoints}) and endpoint.off_at is null
    and (endpoint.held_until is null or endpoint.held_until <= now())`

/** One guarded UPDATE: of all that race for a delivery, one finds it due. */
async function claim(db: PostgresJsDatabase, id: string): Promise<ClaimedDelivery | null> {
  const { lease, eventId, endpoint, type, body, tries } = webhooks
  const [claimed] = await db
    .update(webhooks)
    .set({ status: 'SENDING', lease: randomUUID(), tries: sql`${tries} + 1`, nextAttemptAt: LEASE })
    .where(and(eq(webhooks.id, id), due))
    .returning({
      ...{ id: webhooks.id, lease, eventId, endpoint, type, body, tries },
      secondsLeft: sql<number>`extract(epoch from ${webhooks.giveUpAt} - now())::float8`,
    })
  if (!claimed) return null
  const { eventId: event, ...delivery } = claimed
  return {
    ...delivery,
    webhookId: uuidToId(ID_PREFIXES.publicEvent, event),
    // The lease was set in this very statement, and what is due has its body.
    ...{ lease: delivery.lease ?? '', body: delivery.body ?? '' },
  }
}
