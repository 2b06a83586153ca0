import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { ClaimedMessage } from '../domain/message.js'
import type { DeliveryStore, WhichDue } from '../domain/ports.js'
import { makeRecord } from './record.js'
import type { DigestOf } from './suppressions.js'
import { messages } from './tables.js'

/** A sender renews it every few seconds: whoever still holds a lapsed lease is gone. */
const LEASE = sql`now() + interval '30 seconds'`
/** A job this young is on its way; an older one may be lost, and adding it again changes nothing if it is not. */
const ENQUEUED_LONG_AGO = sql`now() - interval '10 seconds'`

/** One condition for a message that waits and for one whose sender died with the lease in its hands. */
const due = and(inArray(messages.status, ['QUEUED', 'SENDING']), lte(messages.nextAttemptAt, sql`now()`))

const maybeLost = lte(messages.enqueuedAt, ENQUEUED_LONG_AGO)
const abandoned = and(eq(messages.status, 'SENDING'), maybeLost)
const isNew = isNull(messages.enqueuedAt)

/** What is new alone is found in the index, however much waits beside it. */
const isAskedFor: Record<WhichDue, SQL | undefined> = {
  NEW: isNew,
  ABANDONED_TOO: or(isNew, abandoned),
  LOST_TOO: or(isNew, maybeLost),
}

export function createDeliveryStore(db: PostgresJsDatabase, digestOf: DigestOf): DeliveryStore {
  return {
    async takeDue(channel, limit, which = 'LOST_TOO') {
      const waiting = db
        .select({ id: messages.id })
        .from(messages)
        .where(and(eq(messages.channel, channel), due, isAskedFor[which]))
        .orderBy(messages.urgency, messages.nextAttemptAt)
        .limit(limit)
        .for('update', { skipLocked: true })
      const taken = await db
        .update(messages)
        .set({ enqueuedAt: sql`now()` })
        .where(inArray(messages.id, waiting))
        .returning({ id: messages.id, urgency: messages.urgency })
      return taken.toSorted((one, other) => one.urgency - other.urgency)
    },

    async oldestDueSeconds() {
      const seconds = sql<number>`extract(epoch from now() - min(${messages.nextAttemptAt}))::float`
      const rows = await db
        .select({ channel: messages.channel, seconds })
        .from(messages)
        .where(due)
        .groupBy(messages.channel)
      const secondsOf = new Map(rows.map((row) => [row.channel, row.seconds]))
      return { EMAIL: secondsOf.get('EMAIL') ?? 0, SMS: secondsOf.get('SMS') ?? 0 }
    },

    async giveBack(ids) {
      await db
        .update(messages)
        .set({ enqueuedAt: null })
        .where(inArray(messages.id, [...ids]))
    },

    claim: (id) => claim(db, id),

    async renew({ id, lease }) {
      const renewed = await db
        .update(messages)
        .set({ nextAttemptAt: LEASE })
        .where(and(eq(messages.id, id), eq(messages.lease, lease)))
        .returning({ id: messages.id })
      return renewed.length === 1
    },

    record: makeRecord(db, digestOf),
  }
}

/** One guarded UPDATE: of all that race for a message, one finds it due. */
async function claim(db: PostgresJsDatabase, id: string): Promise<ClaimedMessage | null> {
  const {
    lease,
    userId,
    refusedBy,
    kind,
    channel,
    template,
    locale,
    recipient,
    variables,
    sealedSecret,
    tries,
  } = messages
  const [claimed] = await db
    .update(messages)
    .set({ status: 'SENDING', lease: randomUUID(), tries: sql`${tries} + 1`, nextAttemptAt: LEASE })
    .where(and(eq(messages.id, id), due))
    .returning({
      ...{
        id: messages.id,
        lease,
        userId,
        refusedBy,
        kind,
        channel,
        template,
        locale,
        recipient,
        variables,
        sealedSecret,
        tries,
      },
      expired: sql<boolean>`coalesce(${messages.expiresAt} <= now(), false)`,
      waitedSeconds: sql<number>`greatest(extract(epoch from now() - ${messages.wantedAt}), 0)::float`,
    })
  // The lease was set in this very statement.
  return claimed ? { ...claimed, lease: claimed.lease ?? '' } : null
}
