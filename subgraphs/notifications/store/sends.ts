import { eq, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act, Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewMessage } from '../domain/message.js'
import type { SendRequest, SendStore } from '../domain/sending-ports.js'
import { SEND_KEY_HOURS } from '../limits.js'
import { messageView } from './message-view.js'
import { createMessageStore } from './messages.js'
import { secondsUntilRoom, takeRoom } from './send-counters.js'
import { messages, outbox as outboxTable, sends } from './tables.js'

const KEPT_SINCE = sql`now() - make_interval(hours => ${SEND_KEY_HOURS})`

export function createSendStore(db: PostgresJsDatabase, outbox: Pick<Outbox, 'poke'>): SendStore {
  const { insert } = createMessageStore(db)

  return {
    find: (request) => known(db, request),

    async send(request, { message, limits, by }) {
      const sent = await db.transaction(async (tx) => {
        if (!(await takeKey(tx, request, message.id))) return known(tx, request)
        if (!(await takeRoom(tx, limits))) {
          // The key is free again with this transaction: what was refused had no effect.
          await tx.delete(sends).where(eq(sends.key, request.key))
          return { kind: 'full' as const, retryAfter: await secondsUntilRoom(tx, limits) }
        }
        await insert(tx, message)
        await tx.insert(outboxTable).values([recordedAct(actOf(message, by))])
        return known(tx, request)
      })
      if (sent?.kind === 'sent') outbox.poke()
      // Whoever had the key a moment ago was refused, and so is this one.
      return sent ?? { kind: 'full', retryAfter: 1 }
    },
  }
}

/**
 * Of many who use a key at once, the first holds its row until its message is written; the others wait for that and find
 * the key taken. One that is too old is taken anew.
 */
async function takeKey(tx: Transaction, { key, payload }: SendRequest, messageId: string): Promise<boolean> {
  const taken = await tx
    .insert(sends)
    .values({ key, payload, messageId })
    .onConflictDoUpdate({
      target: sends.key,
      set: { payload, messageId, at: sql`now()` },
      setWhere: lt(sends.at, KEPT_SINCE),
    })
    .returning({ key: sends.key })
  return taken.length === 1
}

async function known(
  db: PostgresJsDatabase | Transaction,
  { key, payload }: SendRequest,
): Promise<Awaited<ReturnType<SendStore['find']>>> {
  const [row] = await db
    .select({
      same: sql<boolean>`${sends.payload} = ${sql.param(payload, sends.payload)}`,
      message: messageView,
    })
    .from(sends)
    .leftJoin(messages, eq(messages.id, sends.messageId))
    .where(sql`${eq(sends.key, key)} and ${sends.at} >= ${KEPT_SINCE}`)
  if (!row) return null
  if (!row.same) return { kind: 'conflict' }
  return row.message ? { kind: 'sent', message: row.message } : { kind: 'gone' }
}

/** For a round of its owner: keys that mean nothing any more. */
export const forgetOldSends = async (db: PostgresJsDatabase): Promise<void> => {
  await db.delete(sends).where(lt(sends.at, KEPT_SINCE))
}

const actOf = ({ id, userId, kind, channel, template }: NewMessage, by: Actor): Act => ({
  ...{ action: 'notifications.send', outcome: 'SUCCESS', subjectId: userId, by },
  detail: { messageId: id, kind, channel, template },
})
