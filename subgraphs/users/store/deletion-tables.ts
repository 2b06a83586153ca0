import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import type { SubgraphName } from '../../shared/contracts/subgraph-names.js'
import type { DeletionMode } from '../domain/deletion-ports.js'
import { schema, time, userId } from './tables.js'

/** Accounts that are to be deleted, and those that were: nothing of a person but the id that others may still hold. */
export const deletions = schema.table(
  'deletions',
  {
    userId: userId().primaryKey(),
    mode: text().$type<DeletionMode>().notNull(),
    /** In the person's own words; gone with the account. */
    reason: text(),
    requestedAt: time().notNull().defaultNow(),
    effectiveAt: time().notNull(),
    deletedAt: time(),
    /** From which version on tokens would be good: none will be. */
    accessVersion: integer(),
    /** How often everyone was told, and when last. */
    rounds: integer().notNull().default(0),
    toldAt: time(),
    /** When every receipt was in. */
    completedAt: time(),
  },
  (table) => [
    index('deletions_in_hand').on(table.toldAt).where(sql`deleted_at is not null and completed_at is null`),
  ],
)

/** Who has erased their part of a deleted account, and in which round last. */
export const deletionReceipts = schema.table(
  'deletion_receipts',
  {
    userId: userId()
      .notNull()
      .references(() => deletions.userId, { onDelete: 'cascade' }),
    subgraph: text().$type<SubgraphName>().notNull(),
    round: integer().notNull(),
    /** Over all rounds. */
    records: integer().notNull(),
    erasedAt: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.subgraph] })],
)
