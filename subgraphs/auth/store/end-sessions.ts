import { and, desc, eq, inArray, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { type Act, ITSELF } from '../../shared/audit/act.js'
import { sessionRevoked } from '../../shared/contracts/auth.js'
import { type Outbox, type OutboxRow, outboxRow, type Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import type { Ending, EndReason } from '../domain/ports.js'
import { MAX_SESSIONS } from '../limits.js'
import { selectAct } from './select-act.js'
import { isLive } from './session-columns.js'
import { devices, loginTickets, outbox as outboxTable, sessions } from './tables.js'

export const ended = (reason: EndReason) => ({ endedAt: sql`now()`, endReason: reason })

/** A token that came back is the one end that nobody asked for. */
export const actOfEnding = (userId: string, { reason, by }: Ending): Act => ({
  action: reason === 'REUSE' ? 'session.refresh-reuse' : 'session.end',
  outcome: reason === 'REUSE' ? 'FAILURE' : 'SUCCESS',
  subjectId: userId,
  by,
  detail: { reason },
})

/** Why sessions end, where it is not their owner who ends them. Of a changed password its owner is told by itself. */
function revokedFor(userId: string, { reason, by }: Ending) {
  switch (reason) {
    case 'LOGOUT':
    case 'STEP_UP':
    case 'PASSWORD_RESET':
    case 'PASSWORD_CHANGE':
      return null
    case 'REVOKED':
      return by.userId === userId ? null : reason
    default:
      return reason
  }
}

/** What is told of it beside the audit log; nothing where the owner knows. */
export function revocationOf(userId: string, ending: Ending, sessionIds: string[]): OutboxRow[] {
  const reason = revokedFor(userId, ending)
  return reason
    ? [outboxRow(sessionRevoked, { userId, sessionIds, reason, at: new Date().toISOString() })]
    : []
}

type Connection = { db: Transaction; outbox: Outbox }

/**
 * Ends those of a person's sessions that a condition picks, and says which this call ended.
 *
 * Rows are locked newest first: two callers who end the same person's sessions could deadlock if each took
 * them in an order of its own.
 */
export async function endMany(
  { db, outbox }: Connection,
  { userId, where }: { userId: string; where?: SQL | undefined },
  ending: Ending,
): Promise<string[]> {
  const open = isNull(sessions.endedAt)
  const picked = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), where, open))
    .orderBy(desc(sessions.id))
    .for('update')
  const update = db
    .update(sessions)
    .set(ended(ending.reason))
    .where(and(inArray(sessions.id, picked), open))
    .returning({ id: sessions.id })
  const rows = await db.execute<{ id: string }>(sql`
    with ended as ${update}, told as (
      insert into ${outboxTable} (id, name, payload)
      select act.id, act.name, jsonb_set(act.payload, '{detail,sessions}', to_jsonb((select count(*) from ended)))
      from (${selectAct(actOfEnding(userId, ending))}) as act(id, name, payload)
      where exists (select 1 from ended)
      ${sql.join(revocationOf(userId, ending, []).map(selectRevocation))}
    )${where ? sql`` : dropRest(userId)}
    select id from ended`)

  if (rows.length > 0) outbox.poke()
  return rows.map(({ id }) => uuidToId(ID_PREFIXES.session, id))
}

/** Whoever ends all sessions ends the sign-ins that wait for a second factor, and trust in devices: a thief may have either. */
const dropRest = (userId: string): SQL =>
  sql`, dropped as (
    delete from ${loginTickets} where user_id = ${loginTickets.userId.mapToDriverValue(userId)}
  ), distrusted as (
    update ${devices} set trusted_until = null
    where user_id = ${devices.userId.mapToDriverValue(userId)} and trusted_until is not null
  )`

const selectRevocation = ({ id, name, payload }: OutboxRow): SQL => sql`union all
  select ${id}::uuid, ${name}::text,
    jsonb_set(${JSON.stringify(payload)}::text::jsonb, '{sessionIds}', (select jsonb_agg(id) from ended))
  where exists (select 1 from ended)`

/**
 * Ends a person's oldest sessions beyond the cap (SECURITY 5.4).
 *
 * It runs after the new session is committed and before it is acknowledged. Of sign-ins side by side, none sees
 * the others' sessions while they are being written; whichever looks last sees all of them.
 */
export function makeEndBeyondCap(db: PostgresJsDatabase, outbox: Outbox) {
  const newestTooMany = (user: SQL | Placeholder) =>
    db
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.userId, user), isLive))
      .orderBy(desc(sessions.id))
      .limit(1)
      .offset(MAX_SESSIONS)
  // Hardly anybody has too many, and every sign-in asks.
  const anyTooMany = newestTooMany(sql.placeholder('user')).prepare('session_beyond_cap')

  return async function endBeyondCap(userId: string): Promise<void> {
    const user = sessions.userId.mapToDriverValue(userId)
    const tooMany = await anyTooMany.execute({ user })
    if (tooMany.length === 0) return
    const where = and(isLive, sql`${sessions.id} <= (${newestTooMany(sql`${user}::uuid`)})`)
    await endMany({ db, outbox }, { userId, where }, { reason: 'TOO_MANY', by: ITSELF })
  }
}
