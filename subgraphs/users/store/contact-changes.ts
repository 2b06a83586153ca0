import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import type { ContactChangeStore } from '../domain/ports.js'
import { confirmChange } from './confirm-change.js'
import { changeColumns } from './contact-change-columns.js'
import { requestChange } from './request-change.js'
import { revertChange } from './revert-change.js'
import { contactChanges } from './tables.js'

export const createContactChangeStore = (db: PostgresJsDatabase, outbox: Outbox): ContactChangeStore => ({
  request: (change, by) => db.transaction((tx) => requestChange({ tx, outbox, by }, change)),
  confirm: (digest, undo, by) => db.transaction((tx) => confirmChange({ tx, outbox, by }, digest, undo)),
  revert: (digest, by) => db.transaction((tx) => revertChange({ tx, outbox, by }, digest)),

  async find(id) {
    const [change] = await db.select(changeColumns).from(contactChanges).where(eq(contactChanges.id, id))
    return change ?? null
  },

  listPending: (userIds) =>
    db
      .select(changeColumns)
      .from(contactChanges)
      .where(
        and(
          inArray(contactChanges.userId, [...userIds]),
          eq(contactChanges.state, 'PENDING'),
          gt(contactChanges.expiresAt, sql`now()`),
        ),
      )
      .orderBy(desc(contactChanges.id)),
})
