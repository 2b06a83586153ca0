import { sql } from 'drizzle-orm'
import { index, integer, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import { typeIdColumn } from '../../shared/database/columns.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import { notifications } from './tables.js'

const moment = () => timestamp({ withTimezone: true })

/** What is on its way to endpoints, and for a while what was. */
export const webhooks = notifications.table(
  'webhooks',
  {
    /** UUIDv7; also the job's id. */
    id: uuid().primaryKey(),
    eventId: uuid().notNull(),
    endpoint: text().notNull(),
    type: text().notNull(),
    userId: typeIdColumn(ID_PREFIXES.user)().notNull(),
    /** Emptied when it was delivered; kept for the replay of a dead one. */
    body: text(),
    status: text().$type<'QUEUED' | 'SENDING' | 'SENT' | 'DEAD_LETTERED'>().notNull().default('QUEUED'),
    tries: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    giveUpAt: moment().notNull(),
    /** While SENDING: when the lease ends, and with it the claim of whoever holds it. */
    nextAttemptAt: moment().notNull().defaultNow(),
    /** When it was last put into the queue; a queue that lost it gets it again. */
    enqueuedAt: moment(),
    /** Changes with every claim, so that a sender that was too slow records nothing. */
    lease: uuid(),
    /** When it was delivered or given up on. */
    doneAt: moment(),
    lastError: text(),
  },
  (table) => [
    unique('webhooks_once').on(table.eventId, table.endpoint),
    index('webhooks_of_user').on(table.userId),
    index('webhooks_due')
      .on(table.endpoint, table.nextAttemptAt)
      .where(sql`${table.status} in ('QUEUED', 'SENDING')`),
    // What is in hand is counted at each look, beside however many that wait.
    index('webhooks_in_hand')
      .on(table.endpoint, table.enqueuedAt)
      .where(sql`${table.status} in ('QUEUED', 'SENDING') and ${table.enqueuedAt} is not null`),
    index('webhooks_dead').on(table.endpoint).where(sql`${table.status} = 'DEAD_LETTERED'`),
    index('webhooks_done').on(table.doneAt).where(sql`${table.doneAt} is not null`),
  ],
)

/** What endpoints have answered about themselves; forgotten when a process starts. */
export const webhookEndpoints = notifications.table('webhook_endpoints', {
  id: text().primaryKey(),
  /** Since when it wants no more. */
  offAt: moment(),
  /** Until when it has asked to be left alone. */
  heldUntil: moment(),
})
