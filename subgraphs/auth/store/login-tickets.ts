import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { LoginTicketStore } from '../domain/login-ports.js'
import { LOGIN_TICKET } from '../limits.js'
import { unchangedPassword } from './password-unchanged.js'
import { spendGrant } from './spend-grant.js'
import { loginTickets } from './tables.js'

const isOpen = (digest: Uint8Array) =>
  and(
    eq(loginTickets.digest, digest),
    gt(loginTickets.expiresAt, sql`now()`),
    lt(loginTickets.attempts, LOGIN_TICKET.attempts),
  )

export const createLoginTicketStore = (db: PostgresJsDatabase): LoginTicketStore => ({
  async issue(digest, { userId, ...login }, { grant, ticket: before, passwordTriedAt }) {
    const bytes = (value: Uint8Array) => loginTickets.digest.mapToDriverValue(value)
    const [ticket] = await db.execute<{ expires_at: string }>(sql`
      with unchanged as (${unchangedPassword(userId, passwordTriedAt)}), before as (
        -- Locked after the row above, as whoever changes the password does.
        delete from ${loginTickets} where digest = ${before && bytes(before)}::bytea and expires_at > now()
          and exists (select 1 from unchanged) returning 1
      ), spent as (${spendGrant(grant)})
      insert into ${loginTickets} (digest, user_id, login, expires_at)
      select ${bytes(digest)}::bytea, ${loginTickets.userId.mapToDriverValue(userId)}::uuid,
        ${JSON.stringify(login)}::text::jsonb
          || jsonb_build_object('provedAt', coalesce(${login.provedAt ?? null}::text, now()::text)), now() + make_interval(secs => ${LOGIN_TICKET.seconds})
      from unchanged where (${grant === null} or exists (select 1 from spent))
        and (${before === null} or exists (select 1 from before))
      returning expires_at`)
    return ticket ? { expiresAt: new Date(ticket.expires_at) } : null
  },

  async find(digest) {
    const [ticket] = await db
      .select({ userId: loginTickets.userId, login: loginTickets.login })
      .from(loginTickets)
      .where(isOpen(digest))
    return ticket ? { userId: ticket.userId, ...ticket.login } : null
  },

  // Counted before anything is compared, so that callers at once get no more tries than callers in turn.
  async try(digest) {
    const [ticket] = await db
      .update(loginTickets)
      .set({ attempts: sql`${loginTickets.attempts} + 1` })
      .where(isOpen(digest))
      .returning({ userId: loginTickets.userId, login: loginTickets.login })
    return ticket ? { userId: ticket.userId, ...ticket.login } : null
  },
})

/** Tickets that nobody came back with say from where somebody signs in: they go. */
export async function forgetLoginTickets(db: PostgresJsDatabase): Promise<void> {
  // One that somebody else has locked is being deleted, or goes in the next round: of two who delete a person's tickets neither waits.
  const over = db
    .select({ digest: loginTickets.digest })
    .from(loginTickets)
    .where(lt(loginTickets.expiresAt, sql`now()`))
    .for('update', { skipLocked: true })
  await db.delete(loginTickets).where(inArray(loginTickets.digest, over))
}
