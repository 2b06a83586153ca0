import { type SQL, sql } from 'drizzle-orm'
import type { SessionLife } from '../domain/ports.js'
import { SESSION_SECONDS } from '../limits.js'
import { sessions } from './tables.js'

/**
 * When a session ends that its person goes on with now, by how long they may be signed in at this moment.
 *
 * The absolute end counts from the sign-in, through every step-up, and only ever comes nearer (SECURITY 5.3). Who was
 * given a role meanwhile may have been idle, or signed in, for too long already: then the session does not go on.
 */
export function sessionEnds(life: SessionLife) {
  const { idle, absolute } = SESSION_SECONDS[life]
  const signedInAt = sql`coalesce(${sessions.signedInAt}, ${sessions.createdAt})`
  const absoluteEnd = sql`least(${sessions.absoluteExpiresAt}, ${after(signedInAt, absolute)})`
  const goesOn = sql`(${after(sessions.lastSeenAt, idle)} > now() and ${absoluteEnd} > now())`
  // Columns hold milliseconds: `now()` itself may be rounded to a moment that is still to come.
  const idleEnd = sql`case when ${goesOn} then least(${after(sql`now()`, idle)}, ${absoluteEnd}) else date_trunc('milliseconds', now()) end`
  return { signedInAt, absoluteEnd, goesOn, idleEnd }
}

const after = (time: SQL | typeof sessions.lastSeenAt, seconds: number): SQL =>
  sql`${time} + make_interval(secs => ${seconds})`
