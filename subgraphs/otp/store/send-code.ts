import { eq, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { codeRequested } from '../../shared/contracts/otp.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { NewChallenge, NewCode, SendRefused, Sent } from '../domain/ports.js'
import { CHALLENGE, CODE, SENDS, TEXTS_OF_NETWORK, TEXTS_OF_PREFIX } from '../limits.js'
import { secondsUntilFree, takeSlot } from './counters.js'
import { challenges, codeSends, outbox as outboxTable } from './tables.js'

type Connection = { db: PostgresJsDatabase; outbox: Outbox }

const expiry = sql`now() + make_interval(secs => ${CODE.seconds}::int)`

/** One statement for everyone; what makes a decoy different is a null among its values. */
export async function openChallenge(
  { db, outbox }: Connection,
  challenge: NewChallenge,
): Promise<Sent | SendRefused> {
  const { id, userId, purpose, channel, changeId, destination, destinationMasked, texts, mailbox } = challenge
  const user = sql`${userId === null ? null : sql.param(userId, challenges.userId)}::uuid`
  const goes = sql`${mailbox === null} or exists (select 1 from reached)`
  const subject = sql`${sql.param(challenge.subject, challenges.subject)}::bytea`
  const [row] = await db.execute<SentRow>(sql`
    with ${takeSends(sql`values (${bytes(destination)}, array[now()])`, texts)}, reached as (
      ${takeSlot(codeSends, SENDS, sql`select ${mailbox && bytes(mailbox)}, array[now()] from cleared where ${mailbox !== null}`)}
      returning 1
    ), silenced as (
      update ${challenges} set user_id = null from reached
      where user_id = ${user} and purpose = ${purpose} and channel = ${channel} and subject <> ${subject}
        and ended_at is null
    ), replaced as (
      update ${challenges} set ended_at = now() from cleared
      where subject = ${subject} and purpose = ${purpose} and ended_at is null
    ), sent as (
      insert into ${challenges} (id, user_id, purpose, channel, change_id, address_digest, subject, destination, prefix,
        mailbox, destination_masked, digest, expires_at)
      select ${sql.param(id, challenges.id)}::uuid, case when ${goes} then ${user} end,
        ${purpose}::text, ${channel}::text, ${changeId === null ? null : sql.param(changeId, challenges.changeId)}::uuid,
        ${challenge.addressDigest}::text, ${subject}, ${bytes(destination)}, ${texts && bytes(texts.prefix)},
        ${mailbox && bytes(mailbox)}, ${destinationMasked}::text, ${bytes(challenge.digest)}, ${expiry}
      from cleared
      returning user_id, expires_at
    )${challenge.isTold ? sql`, told as (${tellOf({ ...challenge, challengeId: id })})` : sql``}
    select expires_at, seconds from sent, cleared`)
  if (!row) return tooSoon(db, { destination, texts })

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
  code: NewCode & { network: Uint8Array },
): Promise<Sent | SendRefused> {
  const challenge = await findForRenewal(db, challengeId)
  if (!challenge || challenge.endedAt) return refused('EXPIRED')
  if (challenge.attempts >= CHALLENGE.attempts) return refused('TOO_MANY_ATTEMPTS')
  if (challenge.resends >= CHALLENGE.resends) return refused('RATE_LIMITED')

  const renewable = sql`id = ${sql.param(challengeId, challenges.id)}::uuid and ended_at is null
    and attempts < ${CHALLENGE.attempts}::int and resends < ${CHALLENGE.resends}::int`
  const { destination, destinationMasked, prefix } = challenge
  const texts = prefix && { prefix, network: code.network }
  const [row] = await db.execute<SentRow>(sql`
    with ${takeSends(sql`select destination, array[now()] from ${challenges} where ${renewable}`, texts)}, reached as (
      ${takeSlot(codeSends, SENDS, sql`select mailbox, array[now()] from ${challenges}, cleared where ${renewable} and mailbox is not null`)}
      returning 1
    ), sent as (
      update ${challenges} set digest = ${bytes(code.digest)}, expires_at = ${expiry}, resends = resends + 1
      from cleared where ${renewable}
      returning case when mailbox is null or exists (select 1 from reached) then user_id end as user_id, expires_at, resends
    ), told as (${tellOf({ ...challenge, challengeId, sealedCode: code.sealedCode })})
    select expires_at, case when resends < ${CHALLENGE.resends}::int then seconds end as seconds from sent, cleared`)
  if (!row) return tooSoon(db, { destination, texts })

  outbox.poke()
  return sentOf(challengeId, destinationMasked, row)
}

const bytes = (value: Uint8Array): SQL => sql`${sql.param(value, challenges.digest)}::bytea`

type Counted = Pick<NewChallenge, 'destination' | 'texts'>

/**
 * Takes a send of the destination and, for a text, of its prefix and of the network: each only where the one before had
 * room, so that asking again for one number uses up nothing of others. `cleared` has a row where all had.
 */
function takeSends(destination: SQL, texts: Counted['texts']): SQL {
  const slot = sql`slot as (${takeSlot(codeSends, SENDS, destination)} returning ${secondsUntilFree(SENDS)} as seconds)`
  if (!texts) return sql`${slot}, cleared as (select seconds from slot)`

  const ofPrefix = sql`select ${bytes(texts.prefix)}, array[now()] from slot`
  const ofNetwork = sql`select ${bytes(texts.network)}, array[now()] from prefix_slot`
  return sql`${slot},
    prefix_slot as (${takeSlot(codeSends, TEXTS_OF_PREFIX, ofPrefix)} returning 1),
    network_slot as (${takeSlot(codeSends, TEXTS_OF_NETWORK, ofNetwork)} returning 1),
    cleared as (select seconds from slot, network_slot)`
}

type SentRow = { expires_at: string; seconds: number | null }

const sentOf = (challengeId: string, destinationMasked: string | null, row: SentRow): Sent => ({
  kind: 'sent',
  challengeId,
  destinationMasked,
  expiresAt: new Date(row.expires_at),
  resendAfter: row.seconds,
})

type ToTell = Pick<NewChallenge, 'userId' | 'purpose' | 'channel' | 'changeId' | 'sealedCode'> & {
  challengeId: string
}

/** The fact for the outbox, from what `sent` holds. A decoy's is made like any other and then not written. */
function tellOf({ challengeId, userId, purpose, channel, changeId, sealedCode }: ToTell): SQL {
  const { id, name, payload } = outboxRow(codeRequested, {
    challengeId,
    userId: userId ?? newId(ID_PREFIXES.user),
    ...{ purpose, channel, changeId, sealedCode },
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

/** When the last of the counters that have no room has some again. */
async function tooSoon(db: PostgresJsDatabase, { destination, texts }: Counted): Promise<SendRefused> {
  const counters = [
    { key: destination, windows: SENDS },
    ...(texts
      ? [
          { key: texts.prefix, windows: TEXTS_OF_PREFIX },
          { key: texts.network, windows: TEXTS_OF_NETWORK },
        ]
      : []),
  ]
  const waits = counters.map(
    ({ key, windows }) =>
      sql`select ${secondsUntilFree(windows)} as seconds from ${codeSends} as counter where key = ${bytes(key)}`,
  )
  const [row] = await db.execute<{ seconds: number | null }>(
    sql`select max(seconds) as seconds from (${sql.join(waits, sql` union all `)}) as waits`,
  )
  return refused('RATE_LIMITED', row?.seconds ?? 1)
}

const refused = (reason: SendRefused['reason'], retryAfter: number | null = null): SendRefused => ({
  kind: 'refused',
  reason,
  retryAfter,
})
