import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ITSELF } from '../../shared/audit/act.js'
import { SUBGRAPH_NAMES } from '../../shared/contracts/subgraph-names.js'
import { userDeleted } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import { DELETION_RECORDS_DAYS, SECONDS_UNTIL_TOLD_AGAIN, SECONDS_WITHOUT_RECEIPT } from '../limits.js'
import { auditEvents, auditPending, auditPersonal } from './audit-tables.js'
import { deletionReceipts, deletions } from './deletion-tables.js'
import { recordActs } from './record-act.js'

const BATCH = 100
/** Rows of the audit log in one statement, which has five seconds. */
const FORGOTTEN_AT_ONCE = 1000
/** Once when it happened, and once for what was being written at that moment. */
const ROUNDS_NEEDED = 2
const OTHERS = SUBGRAPH_NAMES.filter((name) => name !== 'users')

/**
 * Looks after accounts that are gone: everyone is told a second time, for what was under way at the first, and then again
 * and again where a receipt is missing. Says for whom that is so.
 */
export async function tellAgain(db: PostgresJsDatabase, outbox: Outbox): Promise<string[]> {
  const untold = await db.transaction((tx) => tell(tx, outbox))
  // One account after the other, and after everyone was told: one with a long history keeps nobody else waiting.
  for (const userId of await findComplete(db)) {
    await forgetWhereFrom(db, userId)
    await db.transaction((tx) => markComplete(tx, userId))
  }
  await db
    .delete(deletions)
    .where(lt(deletions.completedAt, sql`now() - make_interval(days => ${DELETION_RECORDS_DAYS})`))
  return untold
}

const isInHand = and(sql`${deletions.deletedAt} is not null`, isNull(deletions.completedAt))

async function findComplete(db: PostgresJsDatabase): Promise<string[]> {
  const receipts = sql`(select count(*) from ${deletionReceipts} where ${deletionReceipts.userId} = ${deletions.userId}
    and ${deletionReceipts.round} >= ${ROUNDS_NEEDED} and ${inArray(deletionReceipts.subgraph, OTHERS)})`
  const complete = await db
    .select({ userId: deletions.userId })
    .from(deletions)
    .where(and(isInHand, sql`${receipts} = ${OTHERS.length}`))
    .limit(BATCH)
  return complete.map(({ userId }) => userId)
}

async function markComplete(tx: Transaction, userId: string): Promise<void> {
  const [completed] = await tx
    .update(deletions)
    .set({ completedAt: sql`now()` })
    .where(and(eq(deletions.userId, userId), isInHand))
    .returning({ userId: deletions.userId })
  // Another process was first.
  if (!completed) return
  await recordActs(tx, { action: 'user.erase', outcome: 'SUCCESS', subjectId: userId, by: ITSELF })
}

/**
 * What the audit log knows of a person but their id: the addresses and programs they did things from, and those of
 * visitors who tried to be them. The chain holds over digests, so it still verifies.
 */
async function forgetWhereFrom(db: PostgresJsDatabase, userId: string): Promise<void> {
  await db
    .update(auditPending)
    .set({ act: sql`${auditPending.act} || '{"ip": null, "userAgent": null}'` })
    .where(sql`coalesce(${auditPending.act}->>'actorId', ${auditPending.act}->>'subjectId') = ${userId}`)
  const user = auditEvents.actorId.mapToDriverValue(userId)
  const some = sql`
    select personal.seq from (
      select seq from ${auditEvents} where actor_id = ${user}
      union all select seq from ${auditEvents} where subject_id = ${user} and actor_id is null
    ) as theirs join ${auditPersonal} as personal on personal.seq = theirs.seq limit ${FORGOTTEN_AT_ONCE}`
  for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE; ) {
    const rows = await db.execute(sql`delete from ${auditPersonal} where seq in (${some}) returning 1`)
    forgotten = rows.length
  }
}

async function tell(tx: Transaction, outbox: Outbox): Promise<string[]> {
  const told = await tx
    .select({ userId: deletions.userId, rounds: deletions.rounds })
    .from(deletions)
    .where(
      and(
        isInHand,
        sql`${deletions.toldAt} < now() - make_interval(secs =>
          case when ${deletions.rounds} < ${ROUNDS_NEEDED} then ${SECONDS_UNTIL_TOLD_AGAIN}::int else ${SECONDS_WITHOUT_RECEIPT}::int end)`,
      ),
    )
    .orderBy(deletions.toldAt)
    .limit(BATCH)
    .for('update', { skipLocked: true })
  for (const { userId, rounds } of told) {
    await tx
      .update(deletions)
      .set({ rounds: rounds + 1, toldAt: sql`now()` })
      .where(eq(deletions.userId, userId))
    await outbox.record(tx, userDeleted, { userId, round: rounds + 1, sealedContact: null })
  }
  return told.filter(({ rounds }) => rounds >= ROUNDS_NEEDED).map(({ userId }) => userId)
}
