import { sql } from 'drizzle-orm'
import type { pgSchema } from 'drizzle-orm/pg-core'
import { index, jsonb, text, timestamp, uuid } from 'drizzle-orm/pg-core'

type Schema = ReturnType<typeof pgSchema>

/** Facts that await their consumers, written in the transaction that made them true. */
export const outboxTable = (schema: Schema) =>
  schema.table(
    'outbox',
    {
      /** UUIDv7, so that rows sort by time; also the job's id in every consumer's queue. */
      id: uuid().primaryKey(),
      name: text().notNull(),
      payload: jsonb().notNull(),
      createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
      /** When every consumer's queue had it. */
      relayedAt: timestamp({ withTimezone: true }),
      /** The job it went into, alone or with others: its own id, or one made for them all. */
      jobId: uuid(),
      /** When every consumer had done its work; the row can go. */
      settledAt: timestamp({ withTimezone: true }),
    },
    // Rows that are done far outnumber those in hand, which the relay looks for each second.
    (table) => [index('outbox_in_hand').on(table.id).where(sql`settled_at is null`)],
  )

/** Events that were acted on, so that a second delivery does nothing. */
export const inboxTable = (schema: Schema) =>
  schema.table('inbox', {
    eventId: uuid().primaryKey(),
    receivedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  })

export type OutboxTable = ReturnType<typeof outboxTable>
export type InboxTable = ReturnType<typeof inboxTable>
