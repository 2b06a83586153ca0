import { and, eq, gt, gte, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { codeArrived } from '../../shared/contracts/otp-proofs.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import type { Attempt, AttemptRefused, CodeStore } from '../domain/ports.js'
import type { TextLimits } from '../domain/text-alarm.js'
import { CHALLENGE, CODE, KEEP_SECONDS, SENDS, WRONG_CODES } from '../limits.js'
import { deleteIdle, takeSlot } from './counters.js'
import { smsFactors } from './factor-tables.js'
import { openChallenge, renewChallenge, takeText } from './send-code.js'
import { challenges, codeSends, outbox as outboxTable, wrongCodes } from './tables.js'
import { textOutcomes } from './text-outcomes.js'

export function createCodeStore(db: PostgresJsDatabase, outbox: Outbox, limits: TextLimits): CodeStore {
  return {
    open: (challenge) => openChallenge({ db, outbox, limits }, challenge),
    renew: (challengeId, code) => renewChallenge({ db, outbox, limits }, challengeId, code),
    takeText: (text) => takeText({ db, limits }, text),
    textOutcomes: (count) => textOutcomes(db, count),
    async findPurpose(challengeId) {
      const [challenge] = await db
        .select({ purpose: challenges.purpose })
        .from(challenges)
        .where(eq(challenges.id, challengeId))
      return challenge?.purpose ?? null
    },
    countAttempt: (challengeId) => countAttempt(db, challengeId),
    async spend(challengeId, digest, act) {
      const spent = await spend(db, { id: challengeId, digest, act })
      if (spent) outbox.poke()
      return spent
    },

    async fail(act) {
      await db.insert(outboxTable).values(recordedAct(act))
      outbox.poke()
    },

    async deleteOld() {
      const before = sql`now() - make_interval(secs => ${KEEP_SECONDS}::int)`
      await db.delete(challenges).where(or(lt(challenges.endedAt, before), lt(challenges.expiresAt, before)))
      await db.execute(deleteIdle(codeSends, SENDS))
      await db.execute(deleteIdle(wrongCodes, WRONG_CODES))
    },
  }
}

/** Neither spent nor replaced nor past its time, by the clock all processes share. */
const isLive = (id: string) =>
  and(eq(challenges.id, id), isNull(challenges.endedAt), gt(challenges.expiresAt, sql`now()`))

type AttemptRow = {
  subject_id: string | null
  user_id: string | null
  purpose: Attempt['purpose']
  channel: Attempt['channel']
  change_id: string | null
  address_digest: string | null
  flow: string | null
  custom: Attempt['custom']
  digest: Uint8Array
  attempts: number
  reserved: boolean
}

/**
 * Under what an account's wrong codes are counted, whatever it was named by. A decoy has a counter of its own, of no use, and
 * so has what only its owner or the holder of a ticket can open: its subject is the person already, and strangers who use up
 * the account's codes would keep them from their second factor for a day.
 */
const account = sql`uuid_send(case when flow is null and change_id is null then coalesce(user_id, id) else id end)`

/**
 * Guarded writes in one statement: racing callers wait for the row, then meet the guard as it stands by then. Where the
 * account has had its wrong codes by other names the challenge is a decoy from here on, which no answer tells.
 */
async function countAttempt(db: PostgresJsDatabase, id: string): Promise<Attempt | AttemptRefused> {
  const [row] = await db.execute<AttemptRow>(sql`
    with attempt as (
      update ${challenges} set attempts = attempts + 1
      where ${isLive(id)} and attempts < ${CHALLENGE.attempts}::int
      returning user_id, purpose, channel, change_id, address_digest, flow, custom, digest, attempts, subject, ${account} as account
    ), slot as (
      ${takeSlot(wrongCodes, WRONG_CODES, sql`select subject, array[now()] from attempt`)}
      returning 1
    ), account_slot as (
      ${takeSlot(wrongCodes, WRONG_CODES, sql`select account, array[now()] from attempt, slot`)}
      returning 1
    )
    select user_id as subject_id, case when exists (select from account_slot) then user_id end as user_id, purpose, channel, change_id,
      address_digest, flow, custom, digest, attempts, exists (select from slot) as reserved from attempt`)
  if (!row) return { kind: 'refused', reason: await whyRefused(db, id) }
  if (!row.reserved) return { kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }

  return {
    kind: 'counted',
    subjectId: userIdOf(row.subject_id),
    userId: userIdOf(row.user_id),
    purpose: row.purpose,
    channel: row.channel,
    changeId: row.change_id === null ? null : uuidToId(ID_PREFIXES.contactChange, row.change_id),
    addressDigest: row.address_digest,
    flow: row.flow,
    custom: row.custom,
    digest: row.digest,
    attemptsRemaining: CHALLENGE.attempts - row.attempts,
  }
}

const userIdOf = (uuid: string | null) => (uuid === null ? null : uuidToId(ID_PREFIXES.user, uuid))

async function whyRefused(db: PostgresJsDatabase, id: string): Promise<AttemptRefused['reason']> {
  const [exhausted] = await db
    .select({ id: challenges.id })
    .from(challenges)
    .where(and(isLive(id), gte(challenges.attempts, CHALLENGE.attempts)))
  return exhausted ? 'TOO_MANY_ATTEMPTS' : 'EXPIRED'
}

type Spending = { id: string; digest: Uint8Array; act: Act }

/**
 * The fact that a code came to its owner, from what `spent` holds; none of one that was for no address of its own. It says no more
 * than was true when the code was made.
 */
function arrivalOf(challengeId: string, { subjectId }: Act): SQL {
  const { id, name, payload } = outboxRow(codeArrived, {
    ...{ userId: subjectId ?? '', challengeId },
    // These hold the places of what the row says.
    ...{ channel: 'EMAIL', addressDigest: '', at: new Date(0).toISOString() },
  })
  return sql`
    select ${id}::uuid, ${name}::text, ${JSON.stringify(payload)}::text::jsonb || jsonb_build_object(
      'channel', channel, 'addressDigest', address_digest,
      'at', to_char(expires_at at time zone 'UTC' - make_interval(secs => ${CODE.seconds}::int), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from spent where address_digest is not null`
}

/** The digest stands in the guard too: between the try and here the code may have been replaced. */
async function spend(db: PostgresJsDatabase, { id, digest, act }: Spending) {
  const told = recordedAct(act)
  const [row] = await db.execute<{ ended_at: string }>(sql`
    with spent as (
      update ${challenges} set ended_at = now(), spent_at = now()
      where ${isLive(id)} and ${eq(challenges.digest, digest)} and user_id is not null
      returning ended_at, subject, user_id, purpose, channel, address_digest, expires_at, ${account} as account
    ), told as (
      insert into ${outboxTable} (id, name, payload)
      select ${told.id}::uuid, ${told.name}::text, ${JSON.stringify(told.payload)}::text::jsonb from spent
      union all ${arrivalOf(id, act)}
    ), released as (
      update ${wrongCodes} set moments = moments[2:] from spent where key = spent.subject returning account
    ), account_released as (
      -- After the other, in the order in which a try takes them.
      update ${wrongCodes} set moments = moments[2:] from released where key = released.account
    ), used as (
      update ${smsFactors} as factor set last_used_at = now() from spent
      where factor.user_id = spent.user_id and spent.purpose = 'MFA' and spent.channel = 'SMS'
    )
    select ended_at from spent`)
  return row ? { spentAt: new Date(row.ended_at) } : null
}
