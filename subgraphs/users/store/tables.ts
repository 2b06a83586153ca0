import { date, index, integer, pgSchema, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { idempotencyTable } from '../../shared/idempotency/table.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { AccountStatus } from '../domain/ports.js'

export const schema = pgSchema('users')

const userId = typeIdColumn(ID_PREFIXES.user)
/** Milliseconds, as clients see them, so that an optimistic lock compares what was shown. */
const time = () => timestamp({ withTimezone: true, precision: 3 })

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

/** Grants that were acted on, kept until they would have expired. */
export const spentGrants = schema.table(
  'spent_grants',
  { jti: text().primaryKey(), expiresAt: time().notNull() },
  (table) => [index('spent_grants_expires_at').on(table.expiresAt)],
)

export const idempotentRequests = idempotencyTable(schema)
export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
