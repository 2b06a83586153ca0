import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { Expiry } from '../domain/message.js'
import type { MessageStore } from '../domain/ports.js'
import { messageView } from './message-view.js'
import { attempts, messages } from './tables.js'

export function createMessageStore(db: PostgresJsDatabase): MessageStore<Transaction> {
  return {
    async insert(tx, { expiry, notBefore, causedAt, ...message }) {
      await tx
        .insert(messages)
        .values({
          ...message,
          expiresAt: momentOf(expiry),
          ...(notBefore && { nextAttemptAt: notBefore }),
          ...wantedAt(notBefore, causedAt),
        })
        .onConflictDoNothing({ target: messages.dedupeKey })
    },

    countTexts: (tx, userId, template) =>
      tx.$count(
        messages,
        and(
          eq(messages.userId, userId),
          eq(messages.template, template),
          eq(messages.channel, 'SMS'),
          gt(messages.createdAt, sql`now() - interval '24 hours'`),
        ),
      ),

    listByUser: (userId, { first, after }) =>
      db
        .select(messageView)
        .from(messages)
        .where(and(eq(messages.userId, userId), after === null ? undefined : lt(messages.id, after)))
        .orderBy(desc(messages.id))
        .limit(first + 1),

    findMany: (ids) =>
      db
        .select(messageView)
        .from(messages)
        .where(inArray(messages.id, [...ids])),

    listAttempts: (messageIds) =>
      db
        .select()
        .from(attempts)
        .where(inArray(attempts.messageId, [...messageIds]))
        .orderBy(asc(attempts.id)),
  }
}

/** What waits for a morning is not late before. */
const wantedAt = (notBefore: Date | null, causedAt: Date | null) => {
  const moment = notBefore ?? causedAt
  return moment && { wantedAt: moment }
}

function momentOf(expiry: Expiry) {
  if (expiry === null) return null
  if ('at' in expiry) return new Date(expiry.at)
  return sql`now() + ${expiry.afterSeconds} * interval '1 second'`
}
