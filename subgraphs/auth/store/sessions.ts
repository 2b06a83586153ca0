import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { refreshReuseDetected } from '../../shared/contracts/auth.js'
import type { Outbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import type { EndReason, SessionState, SessionStore } from '../domain/ports.js'
import { SESSION_IDLE_SECONDS } from '../limits.js'
import { endedSince } from './ended-since.js'
import { judgeRefused } from './judge-refused.js'
import { isLive, sessionColumns } from './session-columns.js'
import { startSession } from './start-session.js'
import { sessions } from './tables.js'

const idleExpiry = sql`least(now() + make_interval(secs => ${SESSION_IDLE_SECONDS}), ${sessions.absoluteExpiresAt})`

export function createSessionStore(db: PostgresJsDatabase, outbox: Outbox): SessionStore {
  const byId = db
    .select(sessionColumns)
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder('uuid')))
    .prepare('session_by_id')

  return {
    start: (session) => startSession(db, outbox, session),
    judgeRefused: (rotation) => judgeRefused(db, rotation),
    endedSince: (cursor) => endedSince(db, cursor),
    end: (id, reason) => endSession(db, outbox, id, reason),

    async rotate({ sessionId, from, to }) {
      const [session] = await db
        .update(sessions)
        .set({
          previousRefresh: sql`${sessions.currentRefresh}`,
          currentRefresh: to,
          rotatedAt: sql`now()`,
          lastSeenAt: sql`now()`,
          idleExpiresAt: idleExpiry,
        })
        .where(and(eq(sessions.id, sessionId), eq(sessions.currentRefresh, from), isLive))
        .returning(sessionColumns)
      return session ?? null
    },

    async endAll(userId, reason) {
      const ended = await db
        .update(sessions)
        .set(ending(reason))
        .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
        .returning({ id: sessions.id })
      return ended.map(({ id }) => id)
    },

    async find(id) {
      // A placeholder is not passed through its column's own encoding.
      const uuid = idToUuid(ID_PREFIXES.session, id)
      const [session] = uuid === null ? [] : await byId.execute({ uuid })
      return session ?? null
    },

    list: ({ userId, state, first, after }) =>
      db
        .select(sessionColumns)
        .from(sessions)
        .where(and(eq(sessions.userId, userId), inState(state), after ? lt(sessions.id, after) : undefined))
        .orderBy(desc(sessions.id))
        .limit(first + 1),
  }
}

const ending = (reason: EndReason) => ({ endedAt: sql`now()`, endReason: reason })

async function endSession(
  db: PostgresJsDatabase,
  outbox: Outbox,
  id: string,
  reason: EndReason,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [ended] = await tx
      .update(sessions)
      .set(ending(reason))
      .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
      .returning({ userId: sessions.userId, at: sessions.endedAt })
    if (!ended) return false

    if (reason === 'REUSE') {
      const at = (ended.at ?? new Date()).toISOString()
      await outbox.record(tx, refreshReuseDetected, { userId: ended.userId, sessionId: id, at })
    }
    return true
  })
}

function inState(state: SessionState | null) {
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
