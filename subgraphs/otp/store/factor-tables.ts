import { bigint, index, integer, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import { schema, time, userId } from './tables.js'

/** Authenticator apps, one a person. The secret is sealed with a key that is not in the database. */
export const totpFactors = schema.table('totp_factors', {
  userId: userId().primaryKey(),
  sealedSecret: text().notNull(),
  /** The newest time step of which a code was spent: none of it, or before it, is good again. */
  lastStep: bigint({ mode: 'number' }).notNull(),
  enrolledAt: time().notNull().defaultNow(),
  lastUsedAt: time(),
})

/** Texts as second factor, one a person. */
export const smsFactors = schema.table('sms_factors', {
  userId: userId().primaryKey(),
  /** The number when they were enrolled, masked. */
  destinationMasked: text().notNull(),
  enrolledAt: time().notNull().defaultNow(),
  lastUsedAt: time(),
})

/** Numbers that such texts may go to, by keyed digest: the enrolled one, and those that its owner proved for a change since. */
export const smsNumbers = schema.table(
  'sms_numbers',
  { userId: userId().notNull(), digest: bytea().notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.digest] })],
)

/** How often what somebody is asked for has changed. */
export const factorVersions = schema.table('factor_versions', {
  userId: userId().primaryKey(),
  version: integer().notNull(),
  /** The version at which a factor was last taken away; 0 where none was. */
  removedAtVersion: integer().notNull().default(0),
})

/** Secrets that an app was shown and that wait for their first code; one a person. */
export const totpEnrollments = schema.table(
  'totp_enrollments',
  {
    userId: userId().primaryKey(),
    id: typeIdColumn(ID_PREFIXES.enrollment)().notNull(),
    sealedSecret: text().notNull(),
    attempts: integer().notNull().default(0),
    expiresAt: time().notNull(),
  },
  (table) => [index('totp_enrollments_expires_at').on(table.expiresAt)],
)

/** Codes that stand in for a factor that was lost; one that was used is gone. */
export const recoveryCodes = schema.table(
  'recovery_codes',
  {
    userId: userId().notNull(),
    /** The same for all codes of a person, so that a guess costs one slow digest. */
    salt: bytea().notNull(),
    digest: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.digest] })],
)
