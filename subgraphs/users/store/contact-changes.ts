import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import type { ContactChangeStore } from '../domain/ports.js'
import { confirmChange } from './confirm-change.js'
import { changeColumns } from './contact-change-columns.js'
import { keeperOf } from './kept-addresses.js'
import { requestChange } from './request-change.js'
import { revertChange } from './revert-change.js'
import { contactChanges, invitations, users } from './tables.js'

const isSomebodyElses = sql`exists (
  select 1 from ${users} as holder where holder.id <> ${contactChanges.userId} and (
    (holder.email = ${contactChanges.newValue} and (holder.verified_at is not null or
      exists (select 1 from ${invitations} as invited where invited.user_id = holder.id))) or
    (holder.phone_number = ${contactChanges.newValue} and holder.phone_number_verified_at is not null)))`

const isProvable = sql<boolean>`${contactChanges.state} = 'PENDING' and ${contactChanges.expiresAt} > now()
  and not ${isSomebodyElses}
  and coalesce(${keeperOf(contactChanges.newValue)} = ${contactChanges.userId}, true)`

export const createContactChangeStore = (db: PostgresJsDatabase, outbox: Outbox): ContactChangeStore => ({
  request: (change, by) => db.transaction((tx) => requestChange({ tx, outbox, by }, change)),
  confirm: (proof, undo, by) => db.transaction((tx) => confirmChange({ tx, outbox, by }, proof, undo)),
  revert: (digest, by) => db.transaction((tx) => revertChange({ tx, outbox, by }, digest)),

  async find(id) {
    const [change] = await db.select(changeColumns).from(contactChanges).where(eq(contactChanges.id, id))
    return change ?? null
  },

  async findProvable(id) {
    const [change] = await db
      .select({ ...changeColumns, provable: isProvable })
      .from(contactChanges)
      .where(eq(contactChanges.id, id))
    return change ?? null
  },

  findMany: (ids) =>
    db
      .select(changeColumns)
      .from(contactChanges)
      .where(inArray(contactChanges.id, [...ids])),

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
