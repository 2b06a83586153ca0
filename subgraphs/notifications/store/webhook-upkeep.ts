import { and, eq, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { outbox } from './tables.js'
import { webhookEndpoints, webhooks } from './webhook-tables.js'
import { due, giveUpAt } from './webhooks.js'

/** What stays when an account is gone: that it is. */
export const LAST_TYPE = 'user.deleted'

const isDead = eq(webhooks.status, 'DEAD_LETTERED')

/** Deletes what endpoints were, or are yet to be, told of a person, but for the last of it; says how many rows that was. */
export async function eraseWebhooks(tx: Transaction, userId: string): Promise<number> {
  const erased = await tx
    .delete(webhooks)
    .where(and(eq(webhooks.userId, userId), ne(webhooks.type, LAST_TYPE)))
    .returning({ id: webhooks.id })
  return erased.length
}

/** Sends everything again that was given up on, and says how many deliveries that is. */
export const replayWebhooks = (db: PostgresJsDatabase, by: Actor): Promise<number> =>
  db.transaction(async (tx) => {
    const revived = await tx
      .update(webhooks)
      .set({
        ...{ status: 'QUEUED', tries: 0, enqueuedAt: null, doneAt: null },
        ...{ nextAttemptAt: sql`now()`, giveUpAt },
      })
      .where(isDead)
      .returning({ id: webhooks.id })
    if (revived.length > 0) {
      const detail = { deliveries: revived.length }
      const act = { action: 'webhooks.replay', outcome: 'SUCCESS', subjectId: null, by, detail } as const
      await tx.insert(outbox).values(recordedAct(act))
    }
    return revived.length
  })

/**
 * Gives up on what its endpoint could not even be offered in time, since it is switched off or no longer configured, and
 * forgets what is over: deliveries after a week, dead letters after a month.
 */
export async function tidyWebhooks(db: PostgresJsDatabase): Promise<{ givenUp: number }> {
  const givenUp = await db
    .update(webhooks)
    .set({
      status: 'DEAD_LETTERED',
      ...{ lease: null, enqueuedAt: null, doneAt: sql`now()` },
      lastError: sql`coalesce(${webhooks.lastError}, 'NOT_OFFERED')`,
    })
    // What a sender died with as well, but nothing that one holds. Who was away altogether has an hour to work off what has piled up.
    .where(and(due, lt(webhooks.giveUpAt, sql`now() - interval '1 hour'`)))
    .returning({ id: webhooks.id })
  await db
    .delete(webhooks)
    .where(
      and(
        isNotNull(webhooks.doneAt),
        lt(webhooks.doneAt, sql`now() - interval '7 days'`),
        or(ne(webhooks.status, 'DEAD_LETTERED'), lt(webhooks.doneAt, sql`now() - interval '30 days'`)),
      ),
    )
  return { givenUp: givenUp.length }
}

export type EndpointState = {
  endpoint: string
  isOff: boolean
  waiting: number
  dead: number
  /** How long the oldest has been on its way. */
  lagSeconds: number
}

/** How each of these endpoints stands. */
export async function readEndpointStates(
  db: PostgresJsDatabase,
  endpoints: readonly string[],
): Promise<EndpointState[]> {
  const isWaiting = sql`${webhooks.status} in ('QUEUED', 'SENDING')`
  return db
    .select({
      endpoint: webhookEndpoints.id,
      isOff: sql<boolean>`${webhookEndpoints.offAt} is not null`,
      waiting: sql<number>`(count(*) filter (where ${isWaiting}))::int`,
      dead: sql<number>`(count(*) filter (where ${isDead}))::int`,
      lagSeconds: sql<number>`coalesce(extract(epoch from now() - min(${webhooks.createdAt}) filter (where ${isWaiting})), 0)::float8`,
    })
    .from(webhookEndpoints)
    .leftJoin(
      webhooks,
      and(
        eq(webhooks.endpoint, webhookEndpoints.id),
        inArray(webhooks.status, ['QUEUED', 'SENDING', 'DEAD_LETTERED']),
      ),
    )
    .where(inArray(webhookEndpoints.id, [...endpoints]))
    .groupBy(webhookEndpoints.id)
}
