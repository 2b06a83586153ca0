import { lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { SendLimit } from '../domain/sending-ports.js'
import type { Bucket } from '../limits.js'
import { sendCounters } from './tables.js'

/**
 * Counts one more under each key, in their order and each only where the one before had room (GCRA: a counter is one
 * moment, whatever its figures). The guard stands on the row that the upsert has locked, so callers who race are counted one
 * after the other (SECURITY 7.3), by the clock and not by when their transactions began, which may be another order: who
 * began early and came late would find less room than there is. False where one had none.
 */
export async function takeRoom(tx: Transaction, limits: readonly SendLimit[]): Promise<boolean> {
  const last = limits.length - 1
  const slots = limits.map(({ key, bucket }, index) => {
    const before = index === 0 ? sql`(select) as nothing` : slotOf(index - 1)
    const next = sql`${fullUntil} + ${seconds(bucket.everySeconds)}`
    return sql`${slotOf(index)} as (insert into ${sendCounters} as counter (key, full_until)
      select ${bytes(key)}, clock_timestamp() + ${seconds(bucket.everySeconds)} from ${before}
      on conflict (key) do update set full_until = ${next} where ${next} <= clock_timestamp() + ${seconds(lengthOf(bucket))}
      returning 1)`
  })
  const [row] = await tx.execute<{ taken: boolean }>(
    sql`with ${sql.join(slots, sql`, `)} select exists (select from ${slotOf(last)}) as taken`,
  )
  return row?.taken ?? false
}

/** Whole seconds until all have room, never less than one. */
export async function secondsUntilRoom(tx: Transaction, limits: readonly SendLimit[]): Promise<number> {
  const waits = limits.map(
    ({ key, bucket }) => sql`select extract(epoch from
      ${fullUntil} + ${seconds(bucket.everySeconds)} - clock_timestamp() - ${seconds(lengthOf(bucket))}) as wait
      from ${sendCounters} as counter where key = ${bytes(key)}`,
  )
  const [row] = await tx.execute<{ seconds: number }>(
    sql`select greatest(1, ceil(max(wait)))::int as seconds from (${sql.join(waits, sql` union all `)}) as waits`,
  )
  return row?.seconds ?? 1
}

/** For a round of its owner: rows that limit nothing any more. */
export const forgetIdleCounters = async (db: PostgresJsDatabase): Promise<void> => {
  await db.delete(sendCounters).where(lt(sendCounters.fullUntil, sql`now()`))
}

const fullUntil = sql`greatest(counter.full_until, clock_timestamp())`

const lengthOf = ({ burst, everySeconds }: Bucket): number => burst * everySeconds

const seconds = (count: number): SQL => sql`make_interval(secs => ${count}::float8)`

const bytes = (value: Uint8Array): SQL => sql`${sql.param(value, sendCounters.key)}::bytea`

const slotOf = (index: number): SQL => sql.identifier(`slot_${index}`) as unknown as SQL // a name is a piece of SQL
