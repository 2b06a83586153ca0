import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import { sessions } from './tables.js'

type Row = { user_id: string; at: string | null }

/** One probe of the index for each person: however many sessions somebody had, only the newest is read. */
export async function lastSignIns(
  db: PostgresJsDatabase,
  userIds: readonly string[],
): Promise<Map<string, Date>> {
  const uuids = userIds.map((id) => sessions.userId.mapToDriverValue(id))
  const rows = (await db.execute(sql`
    select person.user_id, (
      select created_at from ${sessions} where user_id = person.user_id order by id desc limit 1
    ) as at
    from unnest(${`{${uuids.join(',')}}`}::uuid[]) as person(user_id)`)) as unknown as Row[]

  return new Map(
    rows.flatMap(({ user_id, at }) => (at ? [[uuidToId(ID_PREFIXES.user, user_id), new Date(at)]] : [])),
  )
}
