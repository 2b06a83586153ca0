import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ACCESS_TOKEN_SECONDS, CLOCK_SKEW_SECONDS } from '../../shared/identity/access-token-claims.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import type { EndedSince } from '../domain/access-ports.js'
import { accessVersions, clientSecrets, sessions, signingKeys } from './tables.js'

/** Commits may come out of order: each look reaches back this far behind the one before. */
const OVERLAP_SECONDS = 10
const TOKEN_LIFE_SECONDS = ACCESS_TOKEN_SECONDS + CLOCK_SKEW_SECONDS

type Row = {
  sessions: string[] | null
  secrets: string[] | null
  versions: { user: string; version: number }[] | null
  keys: string[] | null
  cursor: string
}

/**
 * Sessions and secrets that ended since a cursor, and whose roles or status changed. A cursor is a time of the
 * database's; without one, all whose tokens still live.
 */
export async function endedSince(db: PostgresJsDatabase, cursor: string | null): Promise<EndedSince> {
  const since = cursor
    ? sql`${cursor}::timestamptz - make_interval(secs => ${OVERLAP_SECONDS})`
    : sql`now() - make_interval(secs => ${TOKEN_LIFE_SECONDS})`
  const [row] = (await db.execute(sql`
    select (select array_agg(id) from ${sessions} where ended_at >= ${since}) as sessions,
      (select array_agg(id) from ${clientSecrets} where ended_at >= ${since}) as secrets,
      (select json_agg(json_build_object('user', user_id, 'version', version + factor_version))
        from ${accessVersions} where changed_at >= ${since}) as versions,
      (select array_agg(kid) from ${signingKeys}) as keys,
      now()::text as cursor`)) as unknown as Row[]

  return {
    sessionIds: [
      ...(row?.sessions ?? []).map((uuid) => uuidToId(ID_PREFIXES.session, uuid)),
      ...(row?.secrets ?? []).map((uuid) => uuidToId(ID_PREFIXES.clientSecret, uuid)),
    ],
    accessVersions: (row?.versions ?? []).map(({ user, version }) => ({
      userId: uuidToId(ID_PREFIXES.user, user),
      version,
    })),
    keyIds: row?.keys ?? [],
    cursor: row?.cursor ?? new Date().toISOString(),
  }
}
