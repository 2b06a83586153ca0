import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { MessageStatus } from '../domain/message.js'
import type { DeliveryStore, Outcome } from '../domain/ports.js'
import { attempts, messages } from './tables.js'

/** Writes how a delivery ended, in one transaction, and only for whoever holds the lease still. */
export function makeRecord(db: PostgresJsDatabase): DeliveryStore['record'] {
  return ({ id, lease }, provider, outcome) =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .update(messages)
        .set(changesAfter(outcome))
        .where(and(eq(messages.id, id), eq(messages.lease, lease)))
        .returning({ nextAttemptAt: messages.nextAttemptAt })
      if (!row) return false

      await tx.insert(attempts).values({
        id: newUuid(),
        messageId: id,
        provider,
        outcome: ATTEMPT_OUTCOMES[outcome.kind],
        ...(outcome.kind === 'sent'
          ? { providerMessageId: outcome.providerMessageId, segments: outcome.segments ?? null }
          : { error: outcome.error }),
        nextAttemptAt: outcome.kind === 'retry' ? row.nextAttemptAt : null,
      })
      return true
    })
}

const ATTEMPT_OUTCOMES: Record<Outcome['kind'], MessageStatus> = {
  sent: 'SENT',
  retry: 'FAILED',
  dead: 'DEAD_LETTERED',
  dropped: 'FAILED',
}

/** The provider may say what became of it before we have written that it took it; then its answer was no refusal either. */
const unlessReported = (status: MessageStatus) =>
  sql<MessageStatus>`case when ${messages.status} = 'SENDING' then ${status} else ${messages.status} end`

/** In one statement with the end of a message: its secret goes, and what nobody will need again. */
function changesAfter(outcome: Outcome) {
  const over = { lease: null, sealedSecret: null }

  switch (outcome.kind) {
    case 'sent':
      return { ...over, status: unlessReported('SENT'), sentAt: sql`now()`, variables: {} }
    case 'dropped':
      return { ...over, status: unlessReported('FAILED'), variables: {} }
    case 'dead':
      return { ...over, status: unlessReported('DEAD_LETTERED') }
    case 'retry':
      return {
        status: unlessReported('QUEUED'),
        lease: null,
        enqueuedAt: null,
        // Not past its end: there it is claimed once more, dropped, and its secret wiped.
        nextAttemptAt: sql`least(now() + ${outcome.delayMs} * interval '1 millisecond', ${messages.expiresAt})`,
      }
  }
}
