import { and, eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { DeliveryOutcome, EndpointVerdict, WebhookStore } from '../domain/webhook-ports.js'
import { webhookEndpoints, webhooks } from './webhook-tables.js'

/** Writes how a try ended, and only for whoever holds the lease still; with what follows for the endpoint, in one transaction. */
export const recordWebhook =
  (db: PostgresJsDatabase): WebhookStore<never>['record'] =>
  async ({ id, lease, endpoint }, outcome) => {
    const end = async (tx: Transaction) => {
      const recorded = await tx
        .update(webhooks)
        .set(changesAfter(outcome))
        .where(and(eq(webhooks.id, id), eq(webhooks.lease, lease)))
        .returning({ id: webhooks.id })
      return recorded.length === 1
    }

    const verdict = outcome.kind === 'delivered' ? null : outcome.endpoint
    if (!verdict) return end(db)
    return db.transaction(async (tx) => {
      const isRecorded = await end(tx)
      if (isRecorded) {
        await tx.update(webhookEndpoints).set(stateAfter(verdict)).where(eq(webhookEndpoints.id, endpoint))
      }
      return isRecorded
    })
  }

/** In one statement with the delivery: what nobody will send again goes. */
function changesAfter(outcome: DeliveryOutcome) {
  const over = { lease: null, enqueuedAt: null, doneAt: sql`now()` }

  switch (outcome.kind) {
    case 'delivered':
      return { ...over, status: 'SENT' as const, body: null, lastError: null }
    case 'dead':
      return { ...over, status: 'DEAD_LETTERED' as const, lastError: outcome.error }
    case 'retry':
      return {
        ...{ status: 'QUEUED' as const, lease: null, enqueuedAt: null, lastError: outcome.error },
        nextAttemptAt: sql`now() + ${outcome.delayMs} * interval '1 millisecond'`,
      }
  }
}

const stateAfter = (verdict: NonNullable<EndpointVerdict>) =>
  verdict.kind === 'off'
    ? { offAt: sql`coalesce(${webhookEndpoints.offAt}, now())` }
    : {
        heldUntil: sql`greatest(${webhookEndpoints.heldUntil}, now() + ${verdict.forMs} * interval '1 millisecond')`,
      }
