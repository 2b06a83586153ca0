import { sql } from 'drizzle-orm'
import {
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { PendingLogin } from '../domain/login-ports.js'
import type { AuthenticationMethod, Device, EndReason, Session } from '../domain/ports.js'

export const schema = pgSchema('auth')

const userId = typeIdColumn(ID_PREFIXES.user)
const clientId = typeIdColumn(ID_PREFIXES.apiClient)
const sessionId = typeIdColumn(ID_PREFIXES.session)
const time = () => timestamp({ withTimezone: true, precision: 3 })

/*
 * Whoever writes to several of a person's rows locks them in one order, or two at once could wait for each other: access
 * version, password change, sessions (newest first), tickets, devices, failures. A session that starts is nobody else's to
 * lock, and stands outside the order.
 */
export const sessions = schema.table(
  'sessions',
  {
    id: sessionId().primaryKey(),
    userId: userId().notNull(),
    clientId: text().notNull(),
    assurance: text().$type<Session['assurance']>().notNull().default('AAL1'),
    /** At which version of the person's second factors one was shown, where one was. */
    factorVersion: integer().notNull().default(0),
    methods: text().array().$type<AuthenticationMethod[]>().notNull(),
    device: jsonb().$type<Device>().notNull(),
    ip: text(),
    /** Digests of the refresh token in force and of the one before it. */
    currentRefresh: bytea().notNull(),
    previousRefresh: bytea(),
    rotatedAt: time().notNull().defaultNow(),
    createdAt: time().notNull().defaultNow(),
    /** When the first of those sessions started that step-ups made this one of; null where it is the first. */
    signedInAt: time(),
    lastSeenAt: time().notNull().defaultNow(),
    idleExpiresAt: time().notNull(),
    absoluteExpiresAt: time().notNull(),
    authenticatedAt: time().notNull().defaultNow(),
    endedAt: time(),
    endReason: text().$type<EndReason>(),
  },
  (table) => [
    index('sessions_of_user').on(table.userId, table.id),
    // Someone may have had thousands of sessions; ending the rest, or counting them, reads the few that are open.
    index('sessions_open').on(table.userId, table.id).where(sql`ended_at is null`),
    // What routers ask for twice a second.
    index('sessions_ended_at').on(table.endedAt),
  ],
)

/** Devices that someone signed in from before: the digest of a token that only the device holds. */
export const devices = schema.table(
  'devices',
  {
    userId: userId().notNull(),
    digest: bytea().notNull(),
    /** What it is called where its owner is shown it. */
    id: typeIdColumn(ID_PREFIXES.device)().notNull().default(sql`gen_random_uuid()`),
    /** Until when a password is enough here; null where it is not. */
    trustedUntil: time(),
    device: jsonb().$type<Device>(),
    createdAt: time().notNull().defaultNow(),
    lastSeenAt: time().notNull().defaultNow(),
    /** Tries from here while the account was refused to everyone else. */
    attempts: integer().notNull().default(0),
    windowStartedAt: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.digest] }), uniqueIndex('devices_id').on(table.id)],
)

/** Right passwords of people who are asked for a second factor, by the digest of a token that only they hold. */
export const loginTickets = schema.table(
  'login_tickets',
  {
    digest: bytea().primaryKey(),
    userId: userId().notNull(),
    login: jsonb().$type<Omit<PendingLogin, 'userId'>>().notNull(),
    attempts: integer().notNull().default(0),
    expiresAt: time().notNull(),
  },
  (table) => [
    index('login_tickets_user').on(table.userId),
    index('login_tickets_expires_at').on(table.expiresAt),
  ],
)

/**
 * When somebody's password last changed, for as long as a sign-in with the one before may be on its way. Whoever starts a
 * session locks this row as well, so there is one for who changed nothing.
 */
export const passwordChanges = schema.table(
  'password_changes',
  { userId: userId().primaryKey(), changedAt: timestamp({ withTimezone: true }).notNull() },
  (table) => [index('password_changes_changed_at').on(table.changedAt)],
)

/** Grants of otp's that somebody signed in with, kept until they would have expired. */
export const spentGrants = schema.table(
  'spent_grants',
  { jti: text().primaryKey(), expiresAt: time().notNull() },
  (table) => [index('spent_grants_expires_at').on(table.expiresAt)],
)

/** Failed checks on one account, or on an identifier that has none. */
export const signInFailures = schema.table('sign_in_failures', {
  subject: text().primaryKey(),
  attempts: integer().notNull(),
  windowStartedAt: time().notNull(),
  consecutive: integer().notNull(),
  /** Those whose failure is known: attempts are counted before they are made. */
  failed: integer().notNull().default(0),
})

/** Keys that sign access tokens; the private half is sealed by a key outside the database. */
export const signingKeys = schema.table('signing_keys', {
  kid: text().primaryKey(),
  publicJwk: jsonb().$type<Record<string, unknown>>().notNull(),
  sealedPrivateJwk: text().notNull(),
  createdAt: time().notNull().defaultNow(),
  /** From when on it signs; the newest that has come into force does. */
  activatesAt: time().notNull().defaultNow(),
})

/** Since when, by version, the tokens of somebody whose roles or status changed are good. */
export const accessVersions = schema.table(
  'access_versions',
  {
    userId: userId().primaryKey(),
    version: integer().notNull().default(0),
    /** The same of second factors, which otp counts; a token says the sum of both. */
    factorVersion: integer().notNull().default(0),
    changedAt: time().notNull().defaultNow(),
  },
  (table) => [index('access_versions_changed_at').on(table.changedAt)],
)

/** Machine callers. What they may do is theirs; the secret by which they are known comes and goes. */
export const apiClients = schema.table('api_clients', {
  id: clientId().primaryKey(),
  name: text().notNull(),
  scopes: text().array().notNull(),
  createdAt: time().notNull().defaultNow(),
  lastUsedAt: time(),
  secretRotatedAt: time().notNull().defaultNow(),
})

/** Secrets of machine callers, by digest. One that has ended is kept: routers are told that its tokens are worth nothing. */
export const clientSecrets = schema.table(
  'client_secrets',
  {
    id: typeIdColumn(ID_PREFIXES.clientSecret)().primaryKey(),
    clientId: clientId().notNull(),
    digest: bytea().notNull(),
    createdAt: time().notNull().defaultNow(),
    endedAt: time(),
  },
  (table) => [
    uniqueIndex('client_secrets_living').on(table.clientId).where(sql`ended_at is null`),
    index('client_secrets_ended_at').on(table.endedAt),
  ],
)

export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
