import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AuditDetail, AuditOutcome } from '../../shared/audit/act.js'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { idempotencyTable } from '../../shared/idempotency/table.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { RecordedAct } from '../domain/audit-ports.js'
import type { AccountStatus, ContactChange, ContactChangeState } from '../domain/ports.js'

export const schema = pgSchema('users')

/** Everyone has the role `user`; the planner cannot know how rare the others are. */
export const hasMoreThanBasicRole = sql`roles <> '{user}'`

const userId = typeIdColumn(ID_PREFIXES.user)
/** Milliseconds, as clients see them, so that an optimistic lock compares what was shown. */
const time = () => timestamp({ withTimezone: true, precision: 3 })

/** An account without a name stands before all that have one. */
export const nameOf = (displayName: AnyPgColumn): SQL => sql`coalesce(${displayName}, '')`

type Searched = Record<'displayName' | 'givenName' | 'familyName' | 'username' | 'email', AnyPgColumn>

/** What a search looks at. The index is on this very expression. */
export const searchTextOf = ({ displayName, givenName, familyName, username, email }: Searched): SQL =>
  sql`lower(coalesce(${displayName}, '') || ' ' || coalesce(${givenName}, '') || ' ' || coalesce(${familyName}, '') || ' ' || coalesce(${username}, '') || ' ' || coalesce(${email}, ''))`

export const users = schema.table(
  'users',
  {
    id: userId().primaryKey(),
    status: text().$type<AccountStatus>().notNull(),
    /** In the one form of SECURITY 9.1, so a plain unique index is exact. */
    email: text(),
    emailVerifiedAt: time(),
    phoneNumber: text(),
    phoneNumberVerifiedAt: time(),
    verifiedAt: time(),
    username: text(),
    wantedUsername: text(),
    displayName: text(),
    givenName: text(),
    familyName: text(),
    birthdate: date({ mode: 'string' }),
    locale: text().notNull().default('en'),
    timeZone: text(),
    /** When a disabled account is no more so, by itself; null until somebody enables it. */
    disabledUntil: time(),
    roles: text().array().notNull().default(['user']),
    /** Rises with each change of roles or status. */
    accessVersion: integer().notNull().default(0),
    termsVersion: text(),
    termsAcceptedAt: time(),
    createdAt: time().notNull().defaultNow(),
    updatedAt: time().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_email').on(table.email),
    uniqueIndex('users_phone_number').on(table.phoneNumber),
    uniqueIndex('users_username').on(table.username),
    index('users_created_at').on(table.createdAt, table.id),
    index('users_updated_at').on(table.updatedAt, table.id),
    index('users_display_name').on(nameOf(table.displayName), table.id),
    // Those who may do more than everyone: few, and so is what is read to find them.
    index('users_with_roles').on(table.createdAt, table.id).where(hasMoreThanBasicRole),
    // Trigrams: any part of a word is found without reading every account.
    index('users_search').using('gin', sql`(${searchTextOf(table)}) gin_trgm_ops`),
  ],
)

/** One link an account; a new one takes the place of the old. */
export const emailLinks = schema.table(
  'email_links',
  {
    userId: userId().primaryKey(),
    digest: bytea().notNull(),
    expiresAt: time().notNull(),
    usedAt: time(),
    sentAt: time().notNull().defaultNow(),
    /** Sends within the hour that began at `hourStartedAt`. */
    sentInHour: integer().notNull().default(1),
    hourStartedAt: time().notNull().defaultNow(),
  },
  (table) => [uniqueIndex('email_links_digest').on(table.digest)],
)

/** Usernames that somebody gave up, and until when nobody else may have them. */
export const reservedUsernames = schema.table('reserved_usernames', {
  username: text().primaryKey(),
  userId: userId().notNull(),
  until: time().notNull(),
})

/** Changes of an address: wanted, proved, and for a while possible to undo. */
export const contactChanges = schema.table(
  'contact_changes',
  {
    id: typeIdColumn(ID_PREFIXES.contactChange)().primaryKey(),
    userId: userId().notNull(),
    kind: text().$type<ContactChange['kind']>().notNull(),
    state: text().$type<ContactChangeState>().notNull().default('PENDING'),
    oldValue: text(),
    newValue: text().notNull(),
    confirmDigest: bytea().notNull(),
    requestedAt: time().notNull().defaultNow(),
    expiresAt: time().notNull(),
    confirmedAt: time(),
    undoDigest: bytea(),
    undoUntil: time(),
  },
  (table) => [
    uniqueIndex('contact_changes_pending').on(table.userId, table.kind).where(sql`state = 'PENDING'`),
    uniqueIndex('contact_changes_confirm_digest').on(table.confirmDigest),
    uniqueIndex('contact_changes_undo_digest').on(table.undoDigest),
    index('contact_changes_of_user').on(table.userId, table.id),
    // Whether an address is kept for somebody who may still undo its change, and how often it was written to.
    index('contact_changes_old_value').on(table.oldValue),
    index('contact_changes_new_value').on(table.newValue),
  ],
)

/** Grants that were acted on, kept until they would have expired. */
export const spentGrants = schema.table(
  'spent_grants',
  { jti: text().primaryKey(), expiresAt: time().notNull() },
  (table) => [index('spent_grants_expires_at').on(table.expiresAt)],
)

export const idempotentRequests = idempotencyTable(schema)
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

export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
