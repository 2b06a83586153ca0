import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { unverifiedSignIn } from '../../shared/contracts/auth.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import type { FailureStore } from '../domain/ports.js'
import { ACCOUNT_FAILURES } from '../limits.js'
import { selectAct } from './select-act.js'
import { outbox as outboxTable, signInFailures } from './tables.js'

type Row = { attempts: number; consecutive: number }

export function createFailureStore(db: PostgresJsDatabase, outbox: Outbox): FailureStore {
  return {
    // One upsert: whoever comes at once gets a number of their own, so none passes the limit.
    async reserve(subject) {
      const { max, windowSeconds, hardStop } = ACCOUNT_FAILURES
      const [row] = (await db.execute(sql`
        insert into ${signInFailures} as c (subject, attempts, window_started_at, consecutive)
        values (${subject}, 1, now(), 1)
        on conflict (subject) do update set
          attempts = case when c.window_started_at <= now() - make_interval(secs => ${windowSeconds}) then 1 else c.attempts + 1 end,
          window_started_at = case when c.window_started_at <= now() - make_interval(secs => ${windowSeconds}) then now() else c.window_started_at end,
          -- An attempt that is refused unseen is no failure: otherwise a stranger could lock an account for good.
          consecutive = case
            when c.window_started_at <= now() - make_interval(secs => ${windowSeconds}) or c.attempts < ${max}
            then least(c.consecutive, ${hardStop}) + 1 else c.consecutive end
        returning attempts, consecutive`)) as unknown as Row[]
      return { allowed: row !== undefined && row.attempts <= max && row.consecutive <= hardStop }
    },

    // One statement whether or not there is something to tell, so that both take as long (SECURITY 7.4).
    async fail(attempt, unverifiedUserId) {
      const { id, name, payload } = outboxRow(unverifiedSignIn, { userId: unverifiedUserId ?? '' })
      await db.execute(sql`
        insert into ${outboxTable} (id, name, payload)
        ${selectAct(attempt)} union all
        select ${id}::uuid, ${name}, ${JSON.stringify(payload)}::text::jsonb where ${unverifiedUserId !== null}`)
      outbox.poke()
    },
  }
}
