import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { DeliveryStore } from '../domain/ports.js'
import { makeRecord } from './record.js'
import { messages } from './tables.js'

/** Longer than a send may take: whoever still holds a lapsed lease is gone. */
const LEASE = sql`now() + interval '3 minutes'`
/** A job this young is on its way; an older one may be lost, and adding it again changes nothing if it is not. */
const ENQUEUED_LONG_AGO = sql`now() - interval '10 seconds'`

export function createDeliveryStore(db: PostgresJsDatabase): DeliveryStore {
  // One condition for a message that waits and for one whose sender died with the lease in its hands.
  const due = and(inArray(messages.status, ['QUEUED', 'SENDING']), lte(messages.nextAttemptAt, sql`now()`))

  return {
    async takeDue(limit) {
      const waiting = db
        .select({ id: messages.id })
        .from(messages)
        .where(and(due, or(isNull(messages.enqueuedAt), lte(messages.enqueuedAt, ENQUEUED_LONG_AGO))))
        .orderBy(messages.nextAttemptAt)
        .limit(limit)
        .for('update', { skipLocked: true })
      const taken = await db
        .update(messages)
        .set({ enqueuedAt: sql`now()` })
        .where(inArray(messages.id, waiting))
        .returning({ id: messages.id })
      return taken.map(({ id }) => id)
    },

    async giveBack(ids) {
      await db
        .update(messages)
        .set({ enqueuedAt: null })
        .where(inArray(messages.id, [...ids]))
    },

    // One guarded UPDATE: of all that race for a message, one finds it due.
    async claim(id) {
      const [claimed] = await db
        .update(messages)
        .set({
          status: 'SENDING',
          lease: randomUUID(),
          tries: sql`${messages.tries} + 1`,
          nextAttemptAt: LEASE,
        })
        .where(and(eq(messages.id, id), due))
        .returning({
          id: messages.id,
          lease: messages.lease,
          kind: messages.kind,
          template: messages.template,
          locale: messages.locale,
          recipient: messages.recipient,
          variables: messages.variables,
          sealedSecret: messages.sealedSecret,
          tries: messages.tries,
          expired: sql<boolean>`coalesce(${messages.expiresAt} <= now(), false)`,
        })
      // The lease was set in this very statement.
      return claimed ? { ...claimed, lease: claimed.lease ?? '' } : null
    },

    record: makeRecord(db),
  }
}
