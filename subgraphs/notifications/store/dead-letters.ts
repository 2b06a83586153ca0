import { and, eq, gt, isNull, notInArray, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act, Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { DeadLetterStore } from '../domain/ports.js'
import { messages, outbox as outboxTable } from './tables.js'

/** Acts are written in one statement each, which has a bound on its parameters. */
const BATCH = 500

/** What is older is no news any more, and the address that it was for may be somebody else's by now. */
const RETRY_WITHIN_DAYS = 7

type Options = {
  db: PostgresJsDatabase
  outbox: Pick<Outbox, 'poke'>
  /** Templates that hold a code or a link: those are wiped when a message dies, and so it stays dead. */
  withSecret: readonly string[]
}

const isDead = eq(messages.status, 'DEAD_LETTERED')

export function createDeadLetterStore({ db, outbox, withSecret }: Options): DeadLetterStore {
  const canLive = and(
    notInArray(messages.template, [...withSecret]),
    or(isNull(messages.expiresAt), gt(messages.expiresAt, sql`now()`)),
    gt(messages.createdAt, sql`now() - make_interval(days => ${RETRY_WITHIN_DAYS})`),
  )

  return {
    async retry(id, by) {
      const revived = await db.transaction((tx) => revive(tx, and(eq(messages.id, id), canLive), by))
      if (revived > 0) {
        outbox.poke()
        return 'RETRIED'
      }
      const [row] = await db.select({ status: messages.status }).from(messages).where(eq(messages.id, id))
      if (!row) return 'NOT_FOUND'
      return row.status === 'DEAD_LETTERED' || row.status === 'FAILED' ? 'EXPIRED' : 'CONFLICT'
    },

    countWaiting: () => db.$count(messages, and(isDead, canLive)),

    async replayAll(by) {
      const replayed = await db.transaction((tx) => revive(tx, canLive, by))
      return { replayed, left: await db.$count(messages, isDead) }
    },
  }
}

/** One guarded UPDATE: of many who ask for a message at once, one has it sent again. */
async function revive(tx: Transaction, which: typeof isDead | undefined, by: Actor): Promise<number> {
  const revived = await tx
    .update(messages)
    .set({ status: 'QUEUED', tries: 0, enqueuedAt: null, nextAttemptAt: sql`now()`, wantedAt: sql`now()` })
    .where(and(isDead, which))
    .returning({ userId: messages.userId })

  const acts = revived.map(({ userId }) => recordedAct(actOf(userId, by)))
  for (let start = 0; start < acts.length; start += BATCH) {
    await tx.insert(outboxTable).values(acts.slice(start, start + BATCH))
  }
  return revived.length
}

const actOf = (subjectId: string | null, by: Actor): Act => ({
  ...{ action: 'notifications.retry', outcome: 'SUCCESS', subjectId, by },
})
