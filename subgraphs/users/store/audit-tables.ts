import { bigint, date, index, jsonb, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { AuditDetail, AuditOutcome } from '../../shared/audit/act.js'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { RecordedAct } from '../domain/audit-ports.js'
import { schema, time, userId } from './tables.js'

/** Acts that wait for the one writer of the audit log, in the transaction that made them true. */
export const auditPending = schema.table('audit_pending', {
  id: uuid().primaryKey(),
  act: jsonb().$type<RecordedAct>().notNull(),
})

/** The audit log. A trigger refuses every UPDATE, and a DELETE of what is younger than a year. */
export const auditEvents = schema.table(
  'audit_events',
  {
    /** Without gaps, in the order of the chain. */
    seq: bigint({ mode: 'number' }).primaryKey(),
    id: typeIdColumn(ID_PREFIXES.auditEvent)().notNull(),
    /** The day it was appended on, UTC. */
    chain: date({ mode: 'string' }).notNull(),
    action: text().notNull(),
    outcome: text().$type<AuditOutcome>().notNull(),
    at: time().notNull(),
    actorId: userId(),
    subjectId: userId(),
    client: text(),
    detail: jsonb().$type<AuditDetail>().notNull(),
    /** Stands in the chain for what `audit_personal` holds; null where there was nothing personal. */
    personalDigest: bytea(),
    previousHash: bytea().notNull(),
    hash: bytea().notNull(),
  },
  (table) => [
    uniqueIndex('audit_events_id').on(table.id),
    // Two events after one another cannot both follow the same third: a chain that forks is refused.
    uniqueIndex('audit_events_previous_hash').on(table.previousHash),
    index('audit_events_chain').on(table.chain, table.seq),
    index('audit_events_subject').on(table.subjectId, table.seq),
    index('audit_events_actor').on(table.actorId, table.seq),
    index('audit_events_action').on(table.action, table.seq),
    index('audit_events_at').on(table.at),
  ],
)

/** What of the audit log can be erased. The salt goes with it: what was there cannot be found by trying. */
export const auditPersonal = schema.table(
  'audit_personal',
  {
    seq: bigint({ mode: 'number' })
      .primaryKey()
      .references(() => auditEvents.seq, { onDelete: 'cascade' }),
    salt: bytea().notNull(),
    ip: text(),
    userAgent: text(),
  },
  (table) => [index('audit_personal_ip').on(table.ip, table.seq)],
)
