import { sql } from 'drizzle-orm'
import type { SessionState } from '../domain/ports.js'
import { sessions } from './tables.js'

/** Whether a session is alive, by the database's clock. */
export const isLive = sql`(${sessions.endedAt} is null and ${sessions.idleExpiresAt} > now() and ${sessions.absoluteExpiresAt} > now())`

export const sessionState = sql<SessionState>`case
  when ${sessions.endedAt} is not null then 'REVOKED'
  when ${sessions.idleExpiresAt} <= now() or ${sessions.absoluteExpiresAt} <= now() then 'EXPIRED'
  else 'ACTIVE' end`

/** A session as the domain knows it; never its refresh digests. */
export const sessionColumns = {
  id: sessions.id,
  userId: sessions.userId,
  state: sessionState,
  clientId: sessions.clientId,
  assurance: sessions.assurance,
  methods: sessions.methods,
  device: sessions.device,
  ip: sessions.ip,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  idleExpiresAt: sessions.idleExpiresAt,
  absoluteExpiresAt: sessions.absoluteExpiresAt,
  authenticatedAt: sessions.authenticatedAt,
  factorVersion: sessions.factorVersion,
}
