import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { idempotencyTable } from '../../shared/idempotency/table.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { StoredAttributes } from '../domain/attributes.js'
import type { AccountStatus, ContactChange, ContactChangeState } from '../domain/ports.js'

export const schema = pgSchema('users')

/** Everyone has the role `user`; the planner cannot know how rare the others are. */
export const hasMoreThanBasicRole = sql`roles <> '{user}'`

export const userId = typeIdColumn(ID_PREFIXES.user)
/** Milliseconds, as clients see them, so that an optimistic lock compares what was shown. */
export const time = () => timestamp({ withTimezone: true, precision: 3 })

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
    /** What the operator keeps besides, by `namespace:key`. */
    attributes: jsonb().$type<StoredAttributes>().notNull().default({}),
    /** When a disabled account is no more so, by itself; null until somebody enables it. */
    disabledUntil: time(),
    /** When it is to be deleted; null while nobody asked for that. */
    deletionAt: time(),
    /** Since when this is only an id for others to refer to, of somebody who is gone. */
    anonymizedAt: time(),
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
    index('users_deletion_at').on(table.deletionAt).where(sql`deletion_at is not null`),
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

/**
 * Accounts that an administrator made: each waits for whoever reads the mails of its address, until `used_at`. Without a
 * digest none was invited yet.
 */
export const invitations = schema.table(
  'invitations',
  {
    userId: userId()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    digest: bytea(),
    expiresAt: time(),
    usedAt: time(),
    /** Under which the password was stored that it was accepted with. */
    credentialId: userId(),
    sentAt: time(),
    sentInHour: integer().notNull().default(0),
    hourStartedAt: time().notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('invitations_digest').on(table.digest),
    uniqueIndex('invitations_credential_id').on(table.credentialId),
  ],
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
    /** Of the mailed link; null for a number, which is proved by a code. */
    confirmDigest: bytea(),
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
export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
