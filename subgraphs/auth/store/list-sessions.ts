import { and, desc, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Session, SessionState } from '../domain/ports.js'
import { isLive, sessionColumns } from './session-columns.js'
import { sessions } from './tables.js'

type Page = { userIds: readonly string[]; state: SessionState | null; first: number; after: string | null }

/** A page of each person's sessions, newest first: one walk of the index for each, however many sessions they had. */
export async function listSessions(
  db: PostgresJsDatabase,
  { userIds, state, first, after }: Page,
): Promise<Map<string, Session[]>> {
  const uuids = userIds.map((id) => sessions.userId.mapToDriverValue(id))
  const isTheirs = sql`${sessions.userId} = person.user_id`
  const newest = db
    .select({ ...sessionColumns, state: sessionColumns.state.as('state') })
    .from(sessions)
    .where(and(isTheirs, inState(state), after ? lt(sessions.id, after) : undefined))
    .orderBy(desc(sessions.id))
    .limit(first + 1)
    .as('newest')
  const rows = await db
    .select({ ...newest._.selectedFields })
    .from(sql`unnest(${`{${uuids.join(',')}}`}::uuid[]) as person(user_id)`)
    .crossJoinLateral(newest)

  const found = new Map<string, Session[]>()
  for (const row of rows) found.set(row.userId, [...(found.get(row.userId) ?? []), row])
  return found
}

function inState(state: SessionState | null): SQL | undefined {
  switch (state) {
    case null:
      return undefined
    case 'ACTIVE':
      return isLive
    case 'REVOKED':
      return sql`${sessions.endedAt} is not null`
    case 'EXPIRED':
      return sql`(${sessions.endedAt} is null and not ${isLive})`
  }
}
