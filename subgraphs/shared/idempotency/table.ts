import type { pgSchema } from 'drizzle-orm/pg-core'
import { index, jsonb, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea } from '../database/columns.js'

/** Requests that were sent with an `Idempotency-Key`, and what they were answered. */
export const idempotencyTable = (schema: ReturnType<typeof pgSchema>) =>
  schema.table(
    'idempotent_requests',
    {
      /** Keyed digest of who asked, what, and under which key. */
      id: bytea().primaryKey(),
      /** Keyed digest of the input: it holds passwords. */
      payload: bytea().notNull(),
      startedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
      /** Marks the one caller that acts. */
      owner: text().notNull(),
      /** Null while the act is under way. */
      answer: jsonb(),
    },
    (table) => [index('idempotent_requests_started_at').on(table.startedAt)],
  )

export type IdempotencyTable = ReturnType<typeof idempotencyTable>
