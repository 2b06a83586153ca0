import { and, asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { Expiry } from '../domain/message.js'
import type { MessageStore } from '../domain/ports.js'
import { messageView } from './message-view.js'
import { attempts, messages } from './tables.js'

export function createMessageStore(db: PostgresJsDatabase): MessageStore<Transaction> {
  return {
    async insert(tx, { expiry, notBefore, ...message }) {
      await tx
        .insert(messages)
        .values({
          ...message,
          expiresAt: momentOf(expiry),
          ...(notBefore && { nextAttemptAt: notBefore }),
        })
        .onConflictDoNothing({ target: messages.dedupeKey })
    },

    countTexts: (userId, kind) =>
      db.$count(
        messages,
        and(
          eq(messages.userId, userId),
          eq(messages.kind, kind),
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

function momentOf(expiry: Expiry) {
  if (expiry === null) return null
  if ('at' in expiry) return new Date(expiry.at)
  return sql`now() + ${expiry.afterSeconds} * interval '1 second'`
}
