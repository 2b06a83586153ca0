import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { sessionStarted } from '../../shared/contracts/auth.js'
import { PREPARED } from '../../shared/database/send.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import type { NewSession, Session } from '../domain/ports.js'
import { SESSION_SECONDS, TRUSTED_DEVICE_DAYS } from '../limits.js'
import { unchangedPassword } from './password-unchanged.js'
import { selectAct } from './select-act.js'
import { spendGrant } from './spend-grant.js'
import { devices, loginTickets, outbox as outboxTable, sessions, signInFailures } from './tables.js'

type Row = {
  is_new_device: boolean
  failed_before: number
  created_at: string
  authenticated_at: string
  idle_expires_at: string
  absolute_expires_at: string
}

/**
 * Everything a sign-in writes, in one statement: the session, the device (known, or remembered from now on), the
 * failures forgotten, and the event. A sign-in is the operation that peaks; each round trip saved counts.
 */
export async function startSession(
  db: PostgresJsDatabase,
  outbox: Outbox,
  start: NewSession,
): Promise<{ session: Session; isNewDevice: boolean } | null> {
  const event = outboxRow(sessionStarted, {
    userId: start.userId,
    sessionId: start.id,
    isNewDevice: false,
    device: start.device.name,
    ip: start.ip,
    at: new Date().toISOString(),
  })
  const signedIn = {
    action: 'session.start',
    outcome: 'SUCCESS',
    subjectId: start.userId,
    by: { userId: start.userId, client: start.clientId, ip: start.ip, userAgent: start.userAgent },
    detail: { methods: start.methods.join(' ') },
  } as const
  const life = SESSION_SECONDS[start.life]
  const trustEnd = sql`now() + make_interval(days => ${TRUSTED_DEVICE_DAYS})`
  const describedDevice = sql`${JSON.stringify(start.device)}::text::jsonb`
  const user = sessions.userId.mapToDriverValue(start.userId)
  const bytes = (value: Uint8Array | null) => value && devices.digest.mapToDriverValue(value)

  const [row] = (await db.execute(sql`${PREPARED}
    with unchanged as (${unchangedPassword(start.userId, start.passwordTriedAt)}), ticket as (
      -- Locked after the row above, as whoever changes the password does.
      delete from ${loginTickets} where digest = ${bytes(start.ticket)}::bytea and expires_at > now()
        and exists (select 1 from unchanged) returning 1
    ), spent as (${spendGrant(start.grant)}), may as (
      select 1 from unchanged where (${start.ticket === null} or exists (select 1 from ticket))
        and (${start.grant === null} or exists (select 1 from spent))
    ), forgiven as (
      delete from ${signInFailures} where subject = ${start.subject} and exists (select 1 from may) returning failed
    ), known as (
      update ${devices} set last_seen_at = now(), attempts = 0,
        trusted_until = case when ${start.trustsDevice} then ${trustEnd} else trusted_until end,
        device = case when ${start.trustsDevice} then ${describedDevice} else device end
      where user_id = ${user} and digest = ${bytes(start.shownDevice)}::bytea and exists (select 1 from may) returning 1
    ), remembered as (
      insert into ${devices} (user_id, digest, trusted_until, device)
      select ${user}::uuid, ${bytes(start.newDevice)}::bytea,
        case when ${start.trustsDevice} then ${trustEnd} end, case when ${start.trustsDevice} then ${describedDevice} end
      from may where not exists (select 1 from known) returning 1
    ), session as (
      insert into ${sessions} (id, user_id, client_id, methods, assurance, factor_version, device, ip, current_refresh, authenticated_at, idle_expires_at, absolute_expires_at)
      select
        ${sessions.id.mapToDriverValue(start.id)}::uuid, ${user}::uuid, ${start.clientId}, ${literalArray(start.methods)}::text[],
        ${start.assurance}, ${start.factorVersion}::int, ${JSON.stringify(start.device)}::text::jsonb, ${start.ip}, ${bytes(start.refreshDigest)}::bytea,
        least(${start.provedAt ?? null}::timestamptz, now()),
        now() + make_interval(secs => ${life.idle}),
        now() + make_interval(secs => ${life.absolute})
      from may returning *
    ), told as (
      insert into ${outboxTable} (id, name, payload)
      select ${event.id}::uuid, ${event.name},
        ${JSON.stringify(event.payload)}::text::jsonb
          || jsonb_build_object('isNewDevice', exists (select 1 from remembered),
            'failuresBefore', coalesce((select failed from forgiven), 0))
      from may
      union all select act.* from (${selectAct(signedIn)}) as act, may
    )
    select created_at, authenticated_at, idle_expires_at, absolute_expires_at, exists (select 1 from remembered) as is_new_device,
      coalesce((select failed from forgiven), 0) as failed_before
    from session`)) as unknown as Row[]
  // Somebody else spent the ticket, or the grant, first; or the password is another one by now.
  if (!row) return null
  // Of any other sign-in nobody is told, and the next round is soon enough.
  if (row.is_new_device || row.failed_before > 0) outbox.poke()

  return { session: sessionOf(start, row), isNewDevice: row.is_new_device }
}

function sessionOf(start: NewSession, row: Row): Session {
  const createdAt = new Date(row.created_at)
  return {
    id: start.id,
    userId: start.userId,
    state: 'ACTIVE',
    clientId: start.clientId,
    assurance: start.assurance,
    methods: start.methods,
    device: start.device,
    ip: start.ip,
    createdAt,
    lastSeenAt: createdAt,
    // What was proved for a step before this one is as old as it is.
    authenticatedAt: new Date(row.authenticated_at),
    factorVersion: start.factorVersion,
    idleExpiresAt: new Date(row.idle_expires_at),
    absoluteExpiresAt: new Date(row.absolute_expires_at),
  }
}

/** PostgreSQL's own way to write an array of words that need no quotes. */
const literalArray = (words: readonly string[]): string => `{${words.join(',')}}`
