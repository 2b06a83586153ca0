import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { ReportStore } from '../domain/ports.js'
import { REPORTED_FROM, type Report } from '../domain/report.js'
import { attempts, messages } from './tables.js'

export function createReportStore(db: PostgresJsDatabase): ReportStore {
  return {
    // One guarded UPDATE: of a report that comes twice, or of two that contradict each other, one changes the message.
    record: (report) =>
      db.transaction(async (tx) => {
        const { messageId, provider, outcome, providerMessageId, error } = report
        const changed = await tx
          .update(messages)
          .set(changesBy(report))
          .where(and(eq(messages.id, messageId), inArray(messages.status, [...REPORTED_FROM[outcome]])))
          .returning({ id: messages.id })
        if (changed.length === 0) return false

        await tx
          .insert(attempts)
          .values({ id: newUuid(), messageId, provider, outcome, providerMessageId, error })
        return true
      }),
  }
}

/** Whatever becomes of it, it is not sent again: its secret goes. A lease stays with its holder, who has the attempt to write. */
const changesBy = ({ outcome }: Report) => ({
  ...{ status: outcome, sealedSecret: null, variables: {} },
  ...(outcome === 'DELIVERED' && { sentAt: sql`coalesce(${messages.sentAt}, now())` }),
})
