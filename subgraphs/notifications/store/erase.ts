import { and, eq, inArray, isNull, lt, not, notInArray, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { FAREWELL } from '../domain/message.js'
import type { Address, Contact } from '../domain/ports.js'
import { KEEP_NOBODYS_DAYS, KEEP_NOBODYS_STOPS_DAYS } from '../limits.js'
import type { DigestOf } from './suppressions.js'
import { messages, preferences, suppressions } from './tables.js'

const isFarewell = eq(messages.template, FAREWELL)
const waits = inArray(messages.status, ['QUEUED', 'SENDING'])

/**
 * Deletes every message to a person with its attempts, but for the last one while it waits, what they chose, and where nothing
 * arrived; says how many rows that was. What a relay said of a mailbox alone is known by its digest: by the addresses that they
 * had when they went, and by those that messages to them went to.
 */
export async function eraseUser(
  tx: Transaction,
  { userId, contact }: Gone,
  digestOf: DigestOf,
): Promise<number> {
  const erased = await tx
    .delete(messages)
    .where(and(eq(messages.userId, userId), not(and(isFarewell, waits) ?? isFarewell)))
    .returning({ channel: messages.channel, address: messages.recipient })
  const forgotten = await tx
    .delete(preferences)
    .where(eq(preferences.userId, userId))
    .returning({ id: preferences.userId })
  const unstopped = await tx
    .delete(suppressions)
    .where(or(eq(suppressions.userId, userId), areNobodys([...erased, ...addressesOf(contact)], digestOf)))
    .returning({ reason: suppressions.reason })
  return erased.length + forgotten.length + unstopped.length
}

type Gone = {
  userId: string
  /** How they were reached at last, where that came with the news. */
  contact: Pick<Contact, 'email' | 'phoneNumber'> | null
}

const addressesOf = (contact: Gone['contact']): Address[] => [
  ...(contact?.email ? [{ channel: 'EMAIL' as const, address: contact.email }] : []),
  ...(contact?.phoneNumber ? [{ channel: 'SMS' as const, address: contact.phoneNumber }] : []),
]

/** Those of somebody else stay: an address may have been theirs before, or since. */
const areNobodys = (addresses: readonly Address[], digestOf: DigestOf) => {
  const distinct = new Map(addresses.map((address) => [`${address.channel}:${address.address}`, address]))
  return and(isNull(suppressions.userId), inArray(suppressions.digest, [...distinct.values()].map(digestOf)))
}

/** Deletes last messages that need no further try: they hold an address that nobody is to know any more. */
export async function forgetFarewells(db: PostgresJsDatabase): Promise<void> {
  await db.delete(messages).where(and(isFarewell, notInArray(messages.status, ['QUEUED', 'SENDING'])))
}

/** Deletes messages to addresses that services named: no account is theirs, whose end would end them. */
export async function forgetNobodys(db: PostgresJsDatabase): Promise<void> {
  const old = sql`now() - make_interval(days => ${KEEP_NOBODYS_DAYS})`
  await db.delete(messages).where(and(isNull(messages.userId), lt(messages.createdAt, old), not(waits)))
}

/** Deletes what is known of addresses and was never known of an account: nothing else would end it. */
export async function forgetNobodysStops(db: PostgresJsDatabase): Promise<void> {
  const old = sql`now() - make_interval(days => ${KEEP_NOBODYS_STOPS_DAYS})`
  await db.delete(suppressions).where(and(isNull(suppressions.userId), lt(suppressions.at, old)))
}
