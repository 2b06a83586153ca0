import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { SessionReplacement } from '../domain/ports.js'
import { unchangedPassword } from './password-unchanged.js'
import { selectAct } from './select-act.js'
import { isLive } from './session-columns.js'
import { sessionEnds } from './session-ends.js'
import { spendGrant } from './spend-grant.js'
import { outbox as outboxTable, sessions, signInFailures } from './tables.js'

/**
 * Ends a living session and starts its successor in one statement, so that of many callers one gets it. The successor
 * keeps the device and the day the old one would have ended at the latest: it never slides (SECURITY 5.3).
 */
export async function replaceSession(
  db: PostgresJsDatabase,
  replacement: SessionReplacement,
): Promise<boolean> {
  const { id, replaces, userId, method, assurance, ip, by, refreshDigest, subject, passwordTriedAt, grant } =
    replacement
  const proved = {
    action: 'session.step-up',
    outcome: 'SUCCESS',
    subjectId: userId,
    by,
    detail: { method },
  } as const
  const { signedInAt, absoluteEnd, goesOn, idleEnd } = sessionEnds(replacement.life)
  const rows = await db.execute(sql`
    with spent as (${spendGrant(grant)}), unchanged as (${unchangedPassword(userId, passwordTriedAt)}), old as (
      update ${sessions} set ended_at = now(), end_reason = 'STEP_UP'
      where id = ${sessions.id.mapToDriverValue(replaces)} and user_id = ${sessions.userId.mapToDriverValue(userId)}
        and ${isLive} and ${goesOn} and exists (select 1 from unchanged)
        and (${grant === null} or exists (select 1 from spent))
      returning *, ${signedInAt} as first_signed_in_at, ${idleEnd} as idle_end, ${absoluteEnd} as absolute_end
    ), told as (
      insert into ${outboxTable} (id, name, payload) select act.* from (${selectAct(proved)}) as act, old
    ), forgiven as (
      delete from ${signInFailures} where subject = ${subject} and exists (select 1 from old)
    )
    insert into ${sessions} (id, user_id, client_id, assurance, factor_version, methods, device, ip, current_refresh,
      signed_in_at, idle_expires_at, absolute_expires_at)
    select ${sessions.id.mapToDriverValue(id)}::uuid, user_id, client_id, ${assurance}::text, ${replacement.factorVersion}::int,
      case when ${method} = any(methods) then methods else methods || ${method}::text end,
      device, ${ip}, ${sessions.currentRefresh.mapToDriverValue(refreshDigest)}::bytea,
      first_signed_in_at, idle_end, absolute_end
    from old
    returning id`)
  return rows.length === 1
}
