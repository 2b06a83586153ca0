import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgSchema, text, timestamp } from 'drizzle-orm/pg-core'
import { typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'

export const schema = pgSchema('passwords')

const time = () => timestamp({ withTimezone: true, precision: 3 })

export const credentials = schema.table(
  'credentials',
  {
    userId: typeIdColumn(ID_PREFIXES.user)().primaryKey(),
    phc: text().notNull(),
    pepperVersion: integer().notNull(),
    changedAt: time().notNull().defaultNow(),
    mustChange: boolean().notNull().default(false),
    knownBreachedAt: time(),
    /** When its account claimed it; one that is never claimed is swept. */
    confirmedAt: time(),
    createdAt: time().notNull().defaultNow(),
  },
  // Unclaimed ones are few among many, and looked for every 20 s.
  (table) => [index('credentials_unclaimed').on(table.createdAt).where(sql`confirmed_at is null`)],
)

export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
