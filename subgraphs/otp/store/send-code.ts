import { eq, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { codeRequested } from '../../shared/contracts/otp.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { NewChallenge, NewCode, SendRefused, Sent } from '../domain/ports.js'
import { CHALLENGE, CODE, SENDS } from '../limits.js'
import { secondsUntilFree, takeSlot } from './counters.js'
import { challenges, codeSends, outbox as outboxTable } from './tables.js'

type Connection = { db: PostgresJsDatabase; outbox: Outbox }

const expiry = sql`now() + make_interval(secs => ${CODE.seconds}::int)`

/** One statement for everyone; what makes a decoy different is a null among its values. */
export async function openChallenge(
  { db, outbox }: Connection,
  challenge: NewChallenge,
): Promise<Sent | SendRefused> {
  const { id, userId, purpose, subject, destination, destinationMasked, digest } = challenge
  const [row] = await db.execute<SentRow>(sql`
    with slot as (
      ${takeSlot(codeSends, SENDS, sql`values (${sql.param(destination, challenges.destination)}::bytea, array[now()])`)}
      returning ${secondsUntilFree(SENDS)} as seconds
    ), replaced as (
      update ${challenges} set ended_at = now() from slot
      where subject = ${sql.param(subject, challenges.subject)}::bytea and purpose = ${purpose} and ended_at is null
    ), sent as (
      insert into ${challenges} (id, user_id, purpose, subject, destination, destination_masked, digest, expires_at)
      select ${sql.param(id, challenges.id)}::uuid, ${userId === null ? null : sql.param(userId, challenges.userId)}::uuid,
        ${purpose}::text, ${sql.param(subject, challenges.subject)}::bytea,
        ${sql.param(destination, challenges.destination)}::bytea, ${destinationMasked}::text,
        ${sql.param(digest, challenges.digest)}::bytea, ${expiry}
      from slot
      returning user_id, expires_at
    ), told as (${tellOf({ ...challenge, challengeId: id })})
    select expires_at, seconds from sent, slot`)
  if (!row) return tooSoon(db, destination)

  outbox.poke()
  return sentOf(id, destinationMasked, row)
}

/**
 * Gives a challenge a new code. Every renewal goes through the counter of its destination first, so two of them
 * never pass the look at `resends` together; the guards on the challenge stand again on its UPDATE.
 */
export async function renewChallenge(
  { db, outbox }: Connection,
  challengeId: string,
  code: NewCode,
): Promise<Sent | SendRefused> {
  const challenge = await findForRenewal(db, challengeId)
  if (!challenge || challenge.endedAt) return refused('EXPIRED')
  if (challenge.attempts >= CHALLENGE.attempts) return refused('TOO_MANY_ATTEMPTS')
  if (challenge.resends >= CHALLENGE.resends) return refused('RATE_LIMITED')

  const renewable = sql`id = ${sql.param(challengeId, challenges.id)}::uuid and ended_at is null
    and attempts < ${CHALLENGE.attempts}::int and resends < ${CHALLENGE.resends}::int`
  const { userId, purpose, destination, destinationMasked } = challenge
  const [row] = await db.execute<SentRow>(sql`
    with slot as (
      ${takeSlot(codeSends, SENDS, sql`select destination, array[now()] from ${challenges} where ${renewable}`)}
      returning ${secondsUntilFree(SENDS)} as seconds
    ), sent as (
      update ${challenges} set digest = ${sql.param(code.digest, challenges.digest)}::bytea,
        expires_at = ${expiry}, resends = resends + 1
      from slot where ${renewable}
      returning user_id, expires_at, resends
    ), told as (${tellOf({ challengeId, userId, purpose, sealedCode: code.sealedCode })})
    select expires_at, case when resends < ${CHALLENGE.resends}::int then seconds end as seconds from sent, slot`)
  if (!row) return tooSoon(db, destination)

  outbox.poke()
  return sentOf(challengeId, destinationMasked, row)
}

type SentRow = { expires_at: string; seconds: number | null }

const sentOf = (challengeId: string, destinationMasked: string | null, row: SentRow): Sent => ({
  kind: 'sent',
  challengeId,
  destinationMasked,
  expiresAt: new Date(row.expires_at),
  resendAfter: row.seconds,
})

type ToTell = Pick<NewChallenge, 'userId' | 'purpose' | 'sealedCode'> & { challengeId: string }

/** The fact for the outbox, from what `sent` holds. A decoy's is made like any other and then not written. */
function tellOf({ challengeId, userId, purpose, sealedCode }: ToTell): SQL {
  const { id, name, payload } = outboxRow(codeRequested, {
    challengeId,
    userId: userId ?? newId(ID_PREFIXES.user),
    purpose,
    channel: 'EMAIL',
    sealedCode,
    expiresAt: new Date(0).toISOString(), // holds the place of the database's own time
  })
  return sql`
    insert into ${outboxTable} (id, name, payload)
    select ${id}::uuid, ${name}, ${JSON.stringify(payload)}::text::jsonb || jsonb_build_object('expiresAt',
      to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from sent where user_id is not null`
}

async function findForRenewal(db: PostgresJsDatabase, challengeId: string) {
  const [row] = await db.select().from(challenges).where(eq(challenges.id, challengeId))
  return row ?? null
}

async function tooSoon(db: PostgresJsDatabase, destination: Uint8Array): Promise<SendRefused> {
  const [row] = await db.execute<{ seconds: number }>(sql`
    select ${secondsUntilFree(SENDS)} as seconds from ${codeSends} as counter
    where key = ${sql.param(destination, codeSends.key)}::bytea`)
  return refused('RATE_LIMITED', row?.seconds ?? 1)
}

const refused = (reason: SendRefused['reason'], retryAfter: number | null = null): SendRefused => ({
  kind: 'refused',
  reason,
  retryAfter,
})
