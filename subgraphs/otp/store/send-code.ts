import { eq, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { codeRequested } from '../../shared/contracts/otp.js'
import { type Outbox, outboxRow } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { CountedText, NewChallenge, NewCode, SendRefused, Sent } from '../domain/ports.js'
import type { TextLimits } from '../domain/text-alarm.js'
import { CHALLENGE, CODE, SENDS, TEXTS_OF_NETWORK, TEXTS_OF_PERSON, TEXTS_OF_STAFF } from '../limits.js'
import { takeSlot } from './counters.js'
import { challenges, codeSends, outbox as outboxTable } from './tables.js'
import { bytes, refused, takeSends, tooSoon } from './take-sends.js'

type Connection = { db: PostgresJsDatabase; outbox: Outbox; limits: TextLimits }

const expiry = sql`now() + make_interval(secs => ${CODE.seconds}::int)`

/** One statement for everyone; what makes a decoy different is a null among its values. */
export async function openChallenge(
  { db, outbox, limits }: Connection,
  challenge: NewChallenge,
): Promise<Sent | SendRefused> {
  const { id, userId, purpose, channel, changeId, destination, destinationMasked, mailbox } = challenge
  const texts = challenge.texts && askedFrom(challenge, challenge.texts)
  const user = sql`${userId === null ? null : sql.param(userId, challenges.userId)}::uuid`
  const goes = sql`${mailbox === null} or exists (select 1 from reached)`
  const subject = sql`${sql.param(challenge.subject, challenges.subject)}::bytea`
  const [row] = await db.execute<SentRow>(sql`
    with ${takeSends(sql`values (${bytes(destination)}, array[now()])`, texts, limits)}, reached as (
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
      insert into ${challenges} (id, user_id, purpose, channel, change_id, address_digest, flow, custom, subject, destination, prefix,
        country, mailbox, destination_masked, digest, expires_at)
      select ${sql.param(id, challenges.id)}::uuid, case when ${goes} then ${user} end,
        ${purpose}::text, ${channel}::text, ${changeId === null ? null : sql.param(changeId, challenges.changeId)}::uuid,
        ${challenge.addressDigest}::text, ${challenge.flow}::text, ${jsonOf(challenge.custom)}::text::jsonb,
        ${subject}, ${bytes(destination)}, ${texts && bytes(texts.prefix)},
        ${texts?.country ?? null}::text, ${mailbox && bytes(mailbox)}, ${destinationMasked}::text, ${bytes(challenge.digest)}, ${expiry}
      from cleared
      returning user_id, expires_at
    )${challenge.isTold ? sql`, told as (${tellOf({ ...challenge, challengeId: id })})` : sql``}
    select expires_at, seconds from sent, cleared`)
  if (!row) return tooSoon(db, { destination, texts }, limits)

  outbox.poke()
  return sentOf(id, destinationMasked, row)
}

/**
 * Gives a challenge a new code. Every renewal goes through the counter of its destination first, so two of them
 * never pass the look at `resends` together; the guards on the challenge stand again on its UPDATE.
 */
export async function renewChallenge(
  { db, outbox, limits }: Connection,
  challengeId: string,
  code: NewCode & { network: Uint8Array },
): Promise<Sent | SendRefused> {
  const challenge = await findForRenewal(db, challengeId)
  if (!challenge || challenge.endedAt) return refused('EXPIRED')
  if (challenge.attempts >= CHALLENGE.attempts) return refused('TOO_MANY_ATTEMPTS')
  if (challenge.resends >= CHALLENGE.resends) return refused('RATE_LIMITED')

  const renewable = sql`id = ${sql.param(challengeId, challenges.id)}::uuid and ended_at is null
    and attempts < ${CHALLENGE.attempts}::int and resends < ${CHALLENGE.resends}::int`
  const { destination, destinationMasked, prefix, country } = challenge
  const texts = prefix && askedFrom(challenge, { prefix, country: country ?? '', network: code.network })
  const [row] = await db.execute<SentRow>(sql`
    with ${takeSends(sql`select destination, array[now()] from ${challenges} where ${renewable}`, texts, limits)}, reached as (
      ${takeSlot(codeSends, SENDS, sql`select mailbox, array[now()] from ${challenges}, cleared where ${renewable} and mailbox is not null`)}
      returning 1
    ), sent as (
      update ${challenges} set digest = ${bytes(code.digest)}, expires_at = ${expiry}, resends = resends + 1
      from cleared where ${renewable}
      returning case when mailbox is null or exists (select 1 from reached) then user_id end as user_id, expires_at, resends
    ), told as (${tellOf({ ...challenge, challengeId, sealedCode: code.sealedCode })})
    select expires_at, case when resends < ${CHALLENGE.resends}::int then seconds end as seconds from sent, cleared`)
  if (!row) return tooSoon(db, { destination, texts }, limits)

  outbox.poke()
  return sentOf(challengeId, destinationMasked, row)
}

/** A text without a challenge: no code comes back. */
export async function takeText(
  { db, limits }: Omit<Connection, 'outbox'>,
  { destination, staff, ...text }: CountedText,
): Promise<{ kind: 'counted' } | SendRefused> {
  const texts = { ...text, asker: staff, windows: TEXTS_OF_STAFF, isFactor: false }
  const taken = takeSends(sql`values (${bytes(destination)}, array[now()])`, texts, limits)
  const rows = await db.execute(sql`with ${taken} select seconds from cleared`)
  return rows.length === 1 ? { kind: 'counted' } : tooSoon(db, { destination, texts }, limits)
}

/** By the network, or for a second factor by the person, who is its subject: the sixth of an office is not kept out. */
const askedFrom = (
  { flow, subject }: Pick<NewChallenge, 'flow' | 'subject'>,
  { network, ...counters }: NonNullable<NewChallenge['texts']>,
) =>
  flow === null
    ? { ...counters, asker: network, windows: TEXTS_OF_NETWORK, isFactor: false }
    : { ...counters, asker: subject, windows: TEXTS_OF_PERSON, isFactor: true }

const jsonOf = (use: NewChallenge['custom']) => (use === null ? null : JSON.stringify(use))

type SentRow = { expires_at: string; seconds: number | null }

const sentOf = (challengeId: string, destinationMasked: string | null, row: SentRow): Sent => ({
  kind: 'sent',
  challengeId,
  destinationMasked,
  expiresAt: new Date(row.expires_at),
  resendAfter: row.seconds,
})

type ToTell = { challengeId: string } & Pick<
  NewChallenge,
  'userId' | 'purpose' | 'channel' | 'changeId' | 'addressDigest' | 'sealedCode'
>

/** The fact for the outbox, from what `sent` holds. A decoy's is made like any other and then not written. */
function tellOf({ challengeId, userId, purpose, channel, changeId, addressDigest, sealedCode }: ToTell): SQL {
  const { id, name, payload } = outboxRow(codeRequested, {
    challengeId,
    userId: userId ?? newId(ID_PREFIXES.user),
    ...{ purpose, channel, changeId, addressDigest, sealedCode },
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
