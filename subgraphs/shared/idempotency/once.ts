import { randomUUID } from 'node:crypto'
import { and, eq, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type * as z from 'zod'
import { AppError } from '../errors/app-error.js'
import type { RequestContext } from '../graphql/request-context.js'
import { canonicalJson } from '../json/canonical-json.js'
import { keyedDigest } from '../secrets/data-key.js'
import type { IdempotencyTable } from './table.js'

/** How long an answer is given again, and after how long an act that never answered counts as dead (SECURITY 13.4). */
const KEEP_HOURS = 24
const DEAD_AFTER_SECONDS = 30
const RETRY_AFTER_SECONDS = 1

export type Act<Answer, Kept extends Answer> = {
  /** The field: a key that is used for two of them means two things. */
  operation: string
  input: unknown
  /** What is remembered. An answer that it does not read (a refusal) had no effect, and is forgotten. */
  remembers: z.ZodType<Kept>
  act: () => Promise<Answer>
}

/**
 * Runs an act once for each `Idempotency-Key` of a caller: whoever repeats it with the same input gets the answer of
 * the first. Throws IDEMPOTENCY_CONFLICT for another input, and CONFLICT while the first is under way. Without a key
 * it costs nothing; with one, two statements.
 */
export type Once = <Answer, Kept extends Answer>(
  request: RequestContext,
  act: Act<Answer, Kept>,
) => Promise<Answer>

type Row = { taken: boolean; same: boolean | null; answer: unknown }

type Options = { db: PostgresJsDatabase; table: IdempotencyTable; digestKey: Uint8Array }

export function createOnce({ db, table, digestKey }: Options): Once {
  return async (request, { operation, input, remembers, act }) => {
    const { idempotencyKey } = request
    if (idempotencyKey === null) return act()

    const digest = (...parts: unknown[]) => keyedDigest(digestKey, canonicalJson(parts))
    // As it was before fields had an order: such a row lives for a day.
    const before = keyedDigest(digestKey, JSON.stringify(['payload', input]))
    const id = digest('id', callerOf(request), operation, idempotencyKey)
    const owner = randomUUID()
    const found = await begin(db, table, { id, payload: digest('payload', input), before, owner })
    if (!found.taken) return remembers.parse(answerOf(found))

    const mine = and(eq(table.id, id), eq(table.owner, owner))
    const answer = await act().catch(async (error: unknown) => {
      await db.delete(table).where(mine)
      throw error
    })
    if (remembers.safeParse(answer).success) await db.update(table).set({ answer }).where(mine)
    else await db.delete(table).where(mine)
    return answer
  }
}

/** For a round of its owner: keys that mean nothing any more. */
export const forgetOldRequests = async ({ db, table }: Pick<Options, 'db' | 'table'>): Promise<void> => {
  await db.delete(table).where(lt(table.startedAt, sql`now() - make_interval(hours => ${KEEP_HOURS})`))
}

/** Whoever is signed in, and else their address: a stranger's key is none of anybody's. */
const callerOf = ({ viewer, caller }: RequestContext): string[] =>
  viewer ? ['viewer', viewer.userId] : ['ip', caller.clientIp]

/**
 * Takes the key for this caller, in one statement: a free one, one that has expired, or one whose act died. A
 * row that another caller writes at the same moment is neither taken nor seen, which is as good as under way.
 */
async function begin(
  db: PostgresJsDatabase,
  table: IdempotencyTable,
  { id, payload, before, owner }: { id: Buffer; payload: Buffer; before: Buffer; owner: string },
): Promise<Row> {
  const [row] = (await db.execute(sql`
    with taken as (
      insert into ${table} as r (id, payload, owner) values (${id}, ${payload}, ${owner})
      on conflict (id) do update set payload = excluded.payload, owner = excluded.owner, started_at = now(), answer = null
        where r.started_at < now() - make_interval(hours => ${KEEP_HOURS})
          or (r.answer is null and r.started_at < now() - make_interval(secs => ${DEAD_AFTER_SECONDS}))
      returning 1
    )
    select exists (select 1 from taken) as taken, known.payload in (${payload}, ${before}) as same, known.answer
    from (select) as nothing left join ${table} as known on known.id = ${id}`)) as unknown as Row[]
  return row ?? { taken: false, same: null, answer: null }
}

function answerOf({ same, answer }: Row): unknown {
  if (same === false) throw new AppError('IDEMPOTENCY_CONFLICT')
  if (answer === null) throw new AppError('CONFLICT', { retryAfterSeconds: RETRY_AFTER_SECONDS })
  return answer
}
