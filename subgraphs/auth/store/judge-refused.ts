import { eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { RefusedToken, Rotation } from '../domain/ports.js'
import { REFRESH_GRACE_SECONDS } from '../limits.js'
import { isLive, sessionColumns } from './session-columns.js'
import { sessions } from './tables.js'

/** Says what became of a token that was ours but is not the current one. */
export async function judgeRefused(
  db: PostgresJsDatabase,
  { sessionId, from, to }: Rotation,
): Promise<RefusedToken> {
  const isRepeat = sql<boolean>`(${sessions.previousRefresh} = ${sessions.previousRefresh.mapToDriverValue(from)}
    and ${sessions.currentRefresh} = ${sessions.currentRefresh.mapToDriverValue(to)}
    and ${sessions.rotatedAt} > now() - make_interval(secs => ${REFRESH_GRACE_SECONDS}))`
  const [row] = await db
    .select({ ...sessionColumns, isRepeat, isLive: sql<boolean>`${isLive}` })
    .from(sessions)
    .where(eq(sessions.id, sessionId))

  if (!row?.isLive) return { kind: 'ended' }
  const { isRepeat: repeats, isLive: _live, ...session } = row
  return repeats ? { kind: 'repeat', session } : { kind: 'reused', userId: session.userId }
}
