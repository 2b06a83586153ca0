import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { takeEvent } from '../../shared/events/take-event.js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { ReportStore } from '../domain/ports.js'
import { REPORTED_FROM, type Report } from '../domain/report.js'
import { type Concerned, stopsFor } from './stops-for.js'
import { type DigestOf, lift, suppress } from './suppressions.js'
import { attempts, inbox, messages, suppressions } from './tables.js'

export function createReportStore(db: PostgresJsDatabase, digestOf: DigestOf): ReportStore {
  const stop = stopsFor(digestOf)

  return {
    // One guarded UPDATE: of a report that comes twice, or of two that contradict each other, one changes the message.
    record: (report) =>
      db.transaction(async (tx) => {
        const concerned = await change(tx, report)
        if (!concerned) return false

        const { messageId, provider, outcome, providerMessageId, error, stops } = report
        await tx
          .insert(attempts)
          .values({ id: newUuid(), messageId, provider, outcome, providerMessageId, error })
        if (stops !== null) await stop(tx, concerned, stops)
        const digest = digestOf({ channel: concerned.channel, address: concerned.recipient })
        if (outcome === 'DELIVERED')
          await lift(tx, and(eq(suppressions.digest, digest), isFromBefore(tx, messageId)))
        return true
      }),

    recordOfAddress: ({ id, email, stops, at }) =>
      db.transaction(async (tx) => {
        if (!(await takeEvent(tx, inbox, id))) return false
        await suppress(tx, {
          digest: digestOf({ channel: 'EMAIL', address: email }),
          reason: stops,
          userId: null,
          at,
        })
        return true
      }),
  }
}

/** What was on its way already when its owner said STOP, and is reported on later, says nothing of that. */
const isFromBefore = (tx: Transaction, messageId: string) =>
  lte(
    suppressions.at,
    tx.select({ sentAt: messages.sentAt }).from(messages).where(eq(messages.id, messageId)),
  )

async function change(tx: Transaction, report: Report): Promise<Concerned | null> {
  const { messageId, outcome } = report
  const { userId, channel, recipient, template } = messages
  const [changed] = await tx
    .update(messages)
    .set(changesBy(report))
    .where(and(eq(messages.id, messageId), inArray(messages.status, [...REPORTED_FROM[outcome]])))
    .returning({ userId, channel, recipient, template })
  return changed ?? null
}

/** Whatever becomes of it, it is not sent again: its secret goes. A lease stays with its holder, who has the attempt to write. */
const changesBy = ({ outcome }: Report) => ({
  ...{ status: outcome, sealedSecret: null, variables: {} },
  ...(outcome === 'DELIVERED' && { sentAt: sql`coalesce(${messages.sentAt}, now())` }),
})
