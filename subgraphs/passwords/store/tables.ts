import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgSchema, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { idempotencyTable } from '../../shared/idempotency/table.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { ChangeReason } from '../domain/ports.js'

export const schema = pgSchema('passwords')

const time = () => timestamp({ withTimezone: true, precision: 3 })

export const credentials = schema.table(
  'credentials',
  {
    userId: typeIdColumn(ID_PREFIXES.user)().primaryKey(),
    phc: text().notNull(),
    pepperVersion: integer().notNull(),
    changedAt: time().notNull().defaultNow(),
    /** Whether it has fifteen code points; null where nobody has seen it. */
    isLong: boolean(),
    mustChange: boolean().notNull().default(false),
    /** Says something while `mustChange` is true. An older version, which does not write it, has staff alone ask. */
    changeReason: text().$type<ChangeReason>().notNull().default('ADMIN_RESET'),
    knownBreachedAt: time(),
    /** When its account claimed it; one that is never claimed is swept. */
    confirmedAt: time(),
    createdAt: time().notNull().defaultNow(),
  },
  // Unclaimed ones are few among many, and looked for every 20 s.
  (table) => [index('credentials_unclaimed').on(table.createdAt).where(sql`confirmed_at is null`)],
)

/** Former passwords, as hashes, so that they do not come back. They go with their account. */
export const passwordHistory = schema.table(
  'password_history',
  {
    /** UUIDv7: the order in which they were replaced. */
    id: uuid().primaryKey(),
    userId: typeIdColumn(ID_PREFIXES.user)().notNull(),
    phc: text().notNull(),
    pepperVersion: integer().notNull(),
  },
  (table) => [index('password_history_of_user').on(table.userId, table.id)],
)

/** The link of a person who forgot their password, and how often one was mailed lately. Of two, the later counts. */
export const resetLinks = schema.table(
  'reset_links',
  {
    userId: typeIdColumn(ID_PREFIXES.user)().primaryKey(),
    digest: bytea().notNull(),
    /** Where it was sent, as `addressDigest` of token and address: it is worth nothing once that is another one. */
    address: text().notNull(),
    expiresAt: time().notNull(),
    usedAt: time(),
    sentAt: time().notNull().defaultNow(),
    sentInHour: integer().notNull().default(1),
    hourStartedAt: time().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('reset_links_digest').on(table.digest),
    index('reset_links_sent_at').on(table.sentAt),
  ],
)

/** Grants that were acted on, kept until they would have expired. */
export const spentGrants = schema.table(
  'spent_grants',
  { jti: text().primaryKey(), expiresAt: time().notNull() },
  (table) => [index('spent_grants_expires_at').on(table.expiresAt)],
)

export const idempotentRequests = idempotencyTable(schema)
export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
