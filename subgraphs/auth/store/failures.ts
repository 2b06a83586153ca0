import { and, eq, lt, or, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { unverifiedSignIn } from '../../shared/contracts/auth.js'
import { PREPARED } from '../../shared/database/send.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { FailureStore } from '../domain/failure-ports.js'
import { ACCOUNT_FAILURES, DEVICE_FAILURES } from '../limits.js'
import { selectAct } from './select-act.js'
import { devices, outbox as outboxTable, signInFailures } from './tables.js'

type Row = { attempts: number; consecutive: number; at: string }

const { max, windowSeconds, hardStop } = ACCOUNT_FAILURES
const since = sql`now() - make_interval(secs => ${windowSeconds})`

export function createFailureStore(db: PostgresJsDatabase, outbox: Outbox): FailureStore {
  return {
    // One upsert: whoever comes at once gets a number of their own, so none passes the limit.
    async reserve(subject, shownDevice) {
      const [row] = (await db.execute(sql`${PREPARED}
        insert into ${signInFailures} as c (subject, attempts, window_started_at, consecutive)
        values (${subject}, 1, now(), 1)
        on conflict (subject) do update set
          attempts = case when c.window_started_at <= ${since} then 1 else c.attempts + 1 end,
          window_started_at = case when c.window_started_at <= ${since} then now() else c.window_started_at end,
          -- An attempt that is refused unseen is no failure: otherwise a stranger could lock an account for good.
          consecutive = case
            when c.window_started_at <= ${since} or c.attempts < ${max}
            then least(c.consecutive, ${hardStop}) + 1 else c.consecutive end
        returning attempts, consecutive, now()::text as at`)) as unknown as [Row] // an upsert of one row
      const { attempts, consecutive, at } = row
      if (attempts <= max && consecutive <= hardStop) return { allowed: true, at }
      // Asked whoever is named, so that it says nothing of whether there is such an account.
      return { allowed: shownDevice !== null && (await reserveOfDevice(db, subject, shownDevice)), at }
    },

    async giveBack({ subject, shownDevice, allowed }) {
      await db.execute(sql`
        with device as (
          -- Beyond the account's own it was one of the device's.
          update ${devices} set attempts = attempts - 1
          where ${isDeviceOf(subject, shownDevice)} and ${allowed} and attempts > 0
            and exists (select 1 from ${signInFailures} where subject = ${subject} and attempts > ${max})
        )
        update ${signInFailures} set
          attempts = attempts - 1,
          -- An attempt that was refused unseen was not one of those in a row.
          consecutive = case when ${allowed} then greatest(consecutive - 1, 0) else consecutive end
        where subject = ${subject} and attempts > 0`)
    },

    // One statement whether or not there is something to tell, so that both take as long (SECURITY 7.4).
    async fail({ attempt, subject, unverifiedUserId }) {
      const { id, name, payload } = outboxRow(unverifiedSignIn, { userId: unverifiedUserId ?? '' })
      await db.execute(sql`
        with counted as (update ${signInFailures} set failed = failed + 1 where subject = ${subject})
        insert into ${outboxTable} (id, name, payload)
        ${selectAct(attempt)} union all
        select ${id}::uuid, ${name}, ${JSON.stringify(payload)}::text::jsonb where ${unverifiedUserId !== null}`)
      if (unverifiedUserId !== null) outbox.poke()
    },
  }
}

const isDeviceOf = (subject: string, shownDevice: Uint8Array | null) =>
  shownDevice !== null && isId(ID_PREFIXES.user, subject)
    ? and(eq(devices.userId, subject), eq(devices.digest, shownDevice))
    : sql`false`

/**
 * Takes one of the attempts that a known device has where the account has none left. It is one of those in a row as well:
 * the hard stop holds for a stolen device too.
 */
async function reserveOfDevice(
  db: PostgresJsDatabase,
  subject: string,
  shownDevice: Uint8Array,
): Promise<boolean> {
  const isTheirs = isDeviceOf(subject, shownDevice)
  const isOver = sql`${devices.windowStartedAt} <= ${since}`
  const rows = await db.execute(sql`
    with device as (
      update ${devices} set
        attempts = case when ${isOver} then 1 else attempts + 1 end,
        window_started_at = case when ${isOver} then now() else window_started_at end
      where ${and(isTheirs, or(isOver, lt(devices.attempts, DEVICE_FAILURES.max)))}
      returning 1
    )
    update ${signInFailures} set consecutive = consecutive + 1
    where subject = ${subject} and consecutive < ${hardStop} and exists (select 1 from device)
    returning 1`)
  return rows.length === 1
}
