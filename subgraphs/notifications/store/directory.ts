import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { MessageDirectory, MessageFilter, MessageQuery } from '../domain/directory-ports.js'
import { CHANNELS, MESSAGE_KINDS, MESSAGE_STATUSES } from '../domain/message.js'
import { messageView } from './message-view.js'
import { messages } from './tables.js'

export const createMessageDirectory = (db: PostgresJsDatabase): MessageDirectory => ({
  list: (query) =>
    db
      .select(messageView)
      .from(messages)
      .where(isSplit(query.filter) ? sql`${messages.id} in (${newestOfEach(query)})` : ofOneOrder(query))
      .orderBy(desc(messages.id))
      .limit(query.first + 1),
})

/** One person's messages are few, and everybody's are read in the order of their ids. */
const isSplit = ({ userId, status, kind, channel }: MessageFilter): boolean =>
  userId === undefined && Boolean(status || kind || channel)

/**
 * The newest of each kind, channel and status, and of these the newest: as many short looks into one index as there are
 * such threes. By one condition for all, the database would walk past everything else to find what is rare.
 */
function newestOfEach({ filter, first, after }: MessageQuery): SQL {
  const { kind = MESSAGE_KINDS, channel, status = MESSAGE_STATUSES } = filter
  const limit = first + 1
  return sql`select newest.id from unnest(${texts(kind)}) as one (kind), unnest(${texts(channel ? [channel] : CHANNELS)}) as way (channel),
      unnest(${texts(status)}) as state (status),
      lateral (select ${messages.id} from ${messages} where ${messages.kind} = one.kind and ${messages.channel} = way.channel
        and ${messages.status} = state.status and ${between(filter, after)} order by ${messages.id} desc limit ${limit}) as newest
    order by newest.id desc limit ${limit}`
}

function ofOneOrder({ filter, after }: MessageQuery): SQL | undefined {
  const { userId, kind, channel, status } = filter
  return and(
    userId === undefined ? undefined : eq(messages.userId, userId),
    kind && inArray(sql`${messages.kind}`, [...kind]),
    channel && eq(messages.channel, channel),
    status && inArray(sql`${messages.status}`, [...status]),
    between(filter, after),
  )
}

/** Older than the row that was seen, and not too old. The id alone leads there; the moment is what was asked for. */
const between = ({ since }: MessageFilter, after: string | null): SQL =>
  and(
    after === null ? sql`true` : lt(messages.id, after),
    since && sql`${messages.id} >= ${idAt(new Date(since.getTime() - CLOCKS_APART_MS))}::uuid`,
    since && gte(messages.createdAt, since),
  ) ?? sql`true`

/** An id is made by the clock of a process, the moment by the database's, in a transaction that may be a little older. */
const CLOCKS_APART_MS = 5 * 60_000

/** No UUIDv7 of this moment is before it. */
function idAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

const texts = (values: readonly string[]): SQL =>
  sql`array[${sql.join(
    [...new Set(values)].map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`
