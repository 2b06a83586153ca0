import { index, integer, jsonb, pgSchema, text, timestamp } from 'drizzle-orm/pg-core'
import { bytea, typeIdColumn } from '../../shared/database/columns.js'
import { inboxTable, outboxTable } from '../../shared/events/tables.js'
import { idempotencyTable } from '../../shared/idempotency/table.js'
import { ID_PREFIXES } from '../../shared/ids/type-id.js'
import type { Channel, CustomUse, Purpose } from '../domain/ports.js'

export const schema = pgSchema('otp')

const challengeId = typeIdColumn(ID_PREFIXES.challenge)
export const userId = typeIdColumn(ID_PREFIXES.user)
const changeId = typeIdColumn(ID_PREFIXES.contactChange)
export const time = () => timestamp({ withTimezone: true, precision: 3 })

export const challenges = schema.table(
  'challenges',
  {
    /** Random, unlike other ids: who does not have it cannot try its code. */
    id: challengeId().primaryKey(),
    /** Null in a decoy. */
    userId: userId(),
    purpose: text().$type<Purpose>().notNull(),
    channel: text().$type<Channel>().notNull().default('EMAIL'),
    /** The change whose new address is to be proved. */
    changeId: changeId(),
    /** Goes into the grant; null in a decoy. */
    addressDigest: text(),
    /** Goes into the grant: the digest of the ticket that a second factor is for. */
    flow: text(),
    /** Goes into a grant that another team spends. */
    custom: jsonb().$type<CustomUse>(),
    subject: bytea().notNull(),
    destination: bytea().notNull(),
    /** Of a telephone number; texts are counted by it too. */
    prefix: bytea(),
    /** Of a telephone number, for the same. */
    country: text(),
    /** Where a code to sign in with goes, whoever names it; of nobody's in a decoy. */
    mailbox: bytea(),
    /** What was typed, masked; shown again when the code is sent again. */
    destinationMasked: text(),
    digest: bytea().notNull(),
    attempts: integer().notNull().default(0),
    resends: integer().notNull().default(0),
    createdAt: time().notNull().defaultNow(),
    expiresAt: time().notNull(),
    /** When its code was spent, or a newer challenge took its place. */
    endedAt: time(),
    /** The same where its code was spent. */
    spentAt: time(),
  },
  (table) => [
    index('challenges_subject').on(table.subject, table.purpose),
    index('challenges_expires_at').on(table.expiresAt),
    index('challenges_user').on(table.userId),
  ],
)

/** When something happened last, newest first, as far back as its limits look. */
const counterTable = (name: string) =>
  schema.table(name, {
    key: bytea().primaryKey(),
    moments: timestamp({ withTimezone: true }).array().notNull(),
  })

/** By destination, and texts by the number's prefix, who asks, the country, and all together too. */
export const codeSends = counterTable('code_sends')
/** By subject, and by account. */
export const wrongCodes = counterTable('wrong_codes')

export type CounterTable = typeof codeSends | typeof wrongCodes

/** Pairs that sign grants; the private halves are sealed with a key that is not in the database. */
export const grantKeys = schema.table('grant_keys', {
  kid: text().primaryKey(),
  publicJwk: jsonb().$type<Record<string, unknown>>().notNull(),
  sealedPrivateJwk: text().notNull(),
  createdAt: time().notNull().defaultNow(),
})

export const idempotentRequests = idempotencyTable(schema)
export const outbox = outboxTable(schema)
export const inbox = inboxTable(schema)
