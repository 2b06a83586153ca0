import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { MessageStatus } from '../domain/message.js'
import type { DeliveryStore, Outcome } from '../domain/ports.js'
import { stopsFor } from './stops-for.js'
import type { DigestOf } from './suppressions.js'
import { attempts, messages } from './tables.js'

const { nextAttemptAt, userId, channel, recipient, template } = messages

/** Writes how a delivery ended, in one transaction, and only for whoever holds the lease still. */
export function makeRecord(db: PostgresJsDatabase, digestOf: DigestOf): DeliveryStore['record'] {
  const stop = stopsFor(digestOf)

  return ({ id, lease }, provider, outcome) =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .update(messages)
        .set(changesAfter(outcome))
        .where(and(eq(messages.id, id), eq(messages.lease, lease)))
        .returning({ nextAttemptAt, userId, channel, recipient, template })
      if (!row) return false
      if (outcome.kind === 'bounced') await stop(tx, row, outcome.stops)

      await tx.insert(attempts).values({
        id: newUuid(),
        messageId: id,
        provider,
        ...told(outcome),
        nextAttemptAt: outcome.kind === 'retry' ? row.nextAttemptAt : null,
      })
      return true
    })
}

const ATTEMPT_OUTCOMES: Record<Exclude<Outcome['kind'], 'sent' | 'bounced'>, MessageStatus> = {
  retry: 'FAILED',
  dead: 'DEAD_LETTERED',
  dropped: 'FAILED',
  suppressed: 'SUPPRESSED',
}

/** What of an outcome is kept with the attempt. */
function told(outcome: Outcome) {
  if (outcome.kind === 'sent') {
    const { providerMessageId, segments = null } = outcome
    return { outcome: 'SENT' as const, providerMessageId, segments }
  }
  const { kind, error } = outcome
  return { outcome: kind === 'bounced' ? outcome.status : ATTEMPT_OUTCOMES[kind], error }
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
    case 'suppressed':
      return { ...over, status: unlessReported('SUPPRESSED'), variables: {} }
    case 'bounced':
      return { ...over, status: unlessReported(outcome.status), variables: {} }
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
