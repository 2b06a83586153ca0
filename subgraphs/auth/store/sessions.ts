import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { refreshReuseDetected } from '../../shared/contracts/auth.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import type { Ending, Session, SessionStore } from '../domain/ports.js'
import { actOfEnding, ended, endMany, makeEndBeyondCap, revocationOf } from './end-sessions.js'
import { endedSince } from './ended-since.js'
import { judgeRefused } from './judge-refused.js'
import { lastSignIns } from './last-sign-ins.js'
import { listSessions } from './list-sessions.js'
import { replaceSession } from './replace-session.js'
import { isLive, sessionColumns } from './session-columns.js'
import { sessionEnds } from './session-ends.js'
import { startSession } from './start-session.js'
import { outbox as outboxTable, sessions } from './tables.js'

export function createSessionStore(db: PostgresJsDatabase, outbox: Outbox): SessionStore {
  const byId = db
    .select(sessionColumns)
    .from(sessions)
    .where(eq(sessions.id, sql.placeholder('uuid')))
    .prepare('session_by_id')

  const endBeyondCap = makeEndBeyondCap(db, outbox)

  return {
    async start(session) {
      const started = await startSession(db, outbox, session)
      if (started) await endBeyondCap(session.userId)
      return started
    },

    rotate: (rotation) => rotate(db, rotation),
    async replace(replacement) {
      const replaced = await replaceSession(db, replacement)
      if (!replaced) return null
      outbox.poke()
      return this.find(replacement.id)
    },

    judgeRefused: (rotation) => judgeRefused(db, rotation),
    endedSince: (cursor) => endedSince(db, cursor),
    end: (id, ending) => endSession(db, outbox, id, ending),

    endAll: (userId, ending) => endMany({ db, outbox }, { userId }, ending),

    endOthers: (userId, keptId, ending) =>
      endMany({ db, outbox }, { userId, where: ne(sessions.id, keptId) }, ending),

    async endOwn(userId, id, ending) {
      const ended = await endMany({ db, outbox }, { userId, where: eq(sessions.id, id) }, ending)
      return ended.length === 1
    },

    lastSignIns: (userIds) => lastSignIns(db, userIds),

    findMany: (ids) =>
      db
        .select(sessionColumns)
        .from(sessions)
        .where(inArray(sessions.id, [...ids])),

    async find(id) {
      // A placeholder is not passed through its column's own encoding.
      const uuid = idToUuid(ID_PREFIXES.session, id)
      const [session] = uuid === null ? [] : await byId.execute({ uuid })
      return session ?? null
    },

    list: (page) => listSessions(db, page),
  }
}

async function rotate(
  db: PostgresJsDatabase,
  { sessionId, from, to, life, removedAtVersion }: Parameters<SessionStore['rotate']>[0],
): Promise<Session | null> {
  const { idleEnd, absoluteEnd } = sessionEnds(life)
  const [session] = await db
    .update(sessions)
    .set({
      previousRefresh: sql`${sessions.currentRefresh}`,
      currentRefresh: to,
      rotatedAt: sql`now()`,
      lastSeenAt: sql`now()`,
      idleExpiresAt: idleEnd,
      absoluteExpiresAt: absoluteEnd,
      assurance: sql`case when ${sessions.factorVersion} < ${removedAtVersion} then 'AAL1' else ${sessions.assurance} end`,
    })
    .where(and(eq(sessions.id, sessionId), eq(sessions.currentRefresh, from), isLive))
    .returning(sessionColumns)
  return session ?? null
}

async function endSession(
  db: PostgresJsDatabase,
  outbox: Outbox,
  id: string,
  { reason, by }: Ending,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [session] = await tx
      .update(sessions)
      .set(ended(reason))
      .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
      .returning({ userId: sessions.userId, at: sessions.endedAt })
    if (!session) return false

    const { userId, at } = session
    const ending = { reason, by }
    const told = [recordedAct(actOfEnding(userId, ending)), ...revocationOf(userId, ending, [id])]
    if (reason === 'REUSE') {
      const event = { userId, sessionId: id, at: (at ?? new Date()).toISOString() }
      told.push(outboxRow(refreshReuseDetected, event))
    }
    await tx.insert(outboxTable).values(told)
    outbox.poke()
    return true
  })
}
