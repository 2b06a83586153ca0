import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import {
  type Channel,
  FAREWELL,
  type MessageKind,
  type MessageStatus,
  type Variables,
} from '../domain/message.js'
import { DEFAULT_PREFERENCES, type QuietHours, type Refusable } from '../domain/preferences.js'
import type { SuppressionReason } from '../domain/suppression.js'

const messageId = typeIdColumn('ntf')
const userId = typeIdColumn('usr')
const moment = () => timestamp({ withTimezone: true })

export const notifications = pgSchema('notifications')

export const outbox = outboxTable(notifications)
export const inbox = inboxTable(notifications)

export const messages = notifications.table(
  'messages',
  {
    id: messageId().primaryKey(),
    /** Null where it goes to an address that a service named. */
    userId: userId(),
    dedupeKey: text().notNull().unique('messages_dedupe_key'),
    kind: text().$type<MessageKind>().notNull(),
    channel: text().$type<Channel>().notNull(),
    status: text().$type<MessageStatus>().notNull().default('QUEUED'),
    recipient: text().notNull(),
    template: text().notNull(),
    locale: text().notNull(),
    /** Emptied when the message was sent or dropped; kept for the replay of a dead one. */
    variables: jsonb().$type<Variables>().notNull(),
    /** What the person may switch it off by. */
    refusedBy: text().$type<Refusable>(),
    /** A code or token, sealed where it was made; gone as soon as no further try will need it. */
    sealedSecret: text(),
    /** What is sent first: 0 before 1. */
    urgency: smallint().notNull().default(1),
    tries: integer().notNull().default(0),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment(),
    /** Since when its person should have it: its cause, the end of their quiet hours, or when it was taken up again. */
    wantedAt: moment().notNull().defaultNow(),
    /** While SENDING: when the lease ends, and with it the claim of whoever holds it. */
    nextAttemptAt: moment().notNull().defaultNow(),
    /** When it was last put into the queue; a queue that lost it gets it again. */
    enqueuedAt: moment(),
    /** Changes with every claim, so that a sender that was too slow records nothing. */
    lease: uuid(),
    sentAt: moment(),
  },
  (table) => [
    index('messages_of_user').on(table.userId, table.id),
    // In the order of `store/directory.ts`, which asks it once for each kind, channel and status.
    index('messages_of_kind').on(table.kind, table.channel, table.status, table.id),
    index('messages_of_nobody').on(table.createdAt).where(sql`${table.userId} is null`),
    index('messages_farewells')
      .on(table.id)
      .where(sql.raw(`template = '${FAREWELL}'`)),
    // Urgency last: of those that wait for a later time a look for new ones passes none.
    index('messages_waiting')
      .on(table.channel, table.enqueuedAt, table.nextAttemptAt, table.urgency)
      .where(sql`${table.status} in ('QUEUED', 'SENDING')`),
    index('messages_dead').on(table.id).where(sql`${table.status} = 'DEAD_LETTERED'`),
  ],
)

/** What people want to be told, and how; who never chose has no row. */
export const preferences = notifications.table('preferences', {
  userId: userId().primaryKey(),
  loginAlerts: boolean().notNull().default(DEFAULT_PREFERENCES.loginAlerts),
  profileChanges: boolean().notNull().default(DEFAULT_PREFERENCES.profileChanges),
  productNews: boolean().notNull().default(DEFAULT_PREFERENCES.productNews),
  preferredChannel: text().$type<Channel>().notNull().default(DEFAULT_PREFERENCES.preferredChannel),
  quietHours: jsonb().$type<QuietHours>(),
  updatedAt: moment().notNull().defaultNow(),
})

/** Where nothing arrives, or what may be refused is not wanted; digests, so that nobody reads in them who that is. */
export const suppressions = notifications.table(
  'suppressions',
  {
    digest: bytea().notNull(),
    reason: text().$type<SuppressionReason>().notNull(),
    /** Whose message it was, so that it goes with their account. */
    userId: userId(),
    at: moment().notNull().defaultNow(),
    /** When a message that would prove the address was last let through, and which. */
    probedAt: moment(),
    probe: messageId(),
  },
  (table) => [
    primaryKey({ columns: [table.digest, table.reason] }),
    index('suppressions_of_user').on(table.userId),
  ],
)

export const attempts = notifications.table(
  'attempts',
  {
    /** UUIDv7, so that attempts sort by time. */
    id: uuid().primaryKey(),
    messageId: messageId()
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    at: moment().notNull().defaultNow(),
    provider: text().notNull(),
    outcome: text().$type<MessageStatus>().notNull(),
    providerMessageId: text(),
    /** Of a text that was taken: how many the provider bills. */
    segments: integer(),
    error: text(),
    nextAttemptAt: moment(),
  },
  (table) => [index('attempts_of_message').on(table.messageId, table.id)],
)

/** What services have asked to be sent, by digests of who asked and under which key, and of what. */
export const sends = notifications.table(
  'sends',
  {
    key: bytea().primaryKey(),
    payload: bytea().notNull(),
    messageId: messageId().notNull(),
    at: moment().notNull().defaultNow(),
  },
  (table) => [index('sends_at').on(table.at)],
)

/** How full what limits services is: each send moves `fullUntil` on, and time lets it pass. */
export const sendCounters = notifications.table(
  'send_counters',
  { key: bytea().primaryKey(), fullUntil: moment().notNull() },
  (table) => [index('send_counters_full_until').on(table.fullUntil)],
)

/** Words of operators: in the place of ours, or templates of their own. */
export const templates = notifications.table(
  'templates',
  {
    name: text().notNull(),
    locale: text().notNull(),
    channel: text().$type<Channel>().notNull(),
    /** Null in a text. */
    subject: text(),
    body: text().notNull(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.name, table.locale] })],
)
