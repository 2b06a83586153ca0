import { and, eq, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { PREPARED } from '../../shared/database/send.js'
import type { Outbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid, uuidToId } from '../../shared/ids/type-id.js'
import type { FactorStore, Factors, TotpTry, TryRefused } from '../domain/factor-ports.js'
import { TOTP_PERIOD_SECONDS } from '../factors/totp.js'
import { ENROLLMENT, WRONG_CODES } from '../limits.js'
import { changeFactors } from './change-factors.js'
import { takeSlot } from './counters.js'
import {
  factorVersions,
  recoveryCodes,
  smsFactors,
  smsNumbers,
  totpEnrollments,
  totpFactors,
} from './factor-tables.js'
import { wrongCodes } from './tables.js'

type Options = {
  /** Under what a person's wrong codes are counted. */
  subjectOf: (userId: string) => Uint8Array
}

/** The time step it is, by the clock all processes share (RFC 6238; SECURITY 13.9). */
const stepNow = sql`floor(extract(epoch from now()) / ${TOTP_PERIOD_SECONDS}::int)::int`

export const createFactorStore = (db: PostgresJsDatabase, outbox: Outbox, options: Options): FactorStore => ({
  ...changeFactors(db, outbox),
  ...factorTries(db, options),
  findMany: (userIds) => findMany(db, userIds),

  async beginEnrollment({ id, userId, sealedSecret }) {
    const expiresAt = sql`now() + make_interval(secs => ${ENROLLMENT.seconds})`
    const row = { id, sealedSecret, attempts: 0, expiresAt }
    await db
      .insert(totpEnrollments)
      .values({ userId, ...row })
      .onConflictDoUpdate({ target: totpEnrollments.userId, set: row })
  },

  tryEnrollment: (enrollment) => tryEnrollment(db, enrollment),

  async isOtherNumber(userId, digest) {
    const isKnown = sql<boolean>`exists (select from ${smsNumbers}
      where user_id = ${smsFactors.userId} and digest = ${bytes(digest)})`
    const [factor] = await db.select({ isKnown }).from(smsFactors).where(eq(smsFactors.userId, userId))
    return factor?.isKnown === false
  },

  async deleteOld() {
    await db.delete(totpEnrollments).where(lt(totpEnrollments.expiresAt, sql`now()`))
  },
})

type Tries = Pick<FactorStore, 'tryTotp' | 'spendStep' | 'tryRecovery' | 'spendRecovery'>

const bytes = (value: Uint8Array): SQL => sql`${sql.param(value, wrongCodes.key)}::bytea`

function factorTries(db: PostgresJsDatabase, { subjectOf }: Options): Tries {
  /** Takes one of the person's wrong codes where there is something to try a code on, and reads that. */
  const tryOn = async <Row>(userId: string, row: SQL) => {
    const subject = sql`select ${bytes(subjectOf(userId))}, array[now()] from tried`
    const [tried] = await db.execute<Row & { reserved: boolean }>(sql`
      with tried as (${row}), slot as (${takeSlot(wrongCodes, WRONG_CODES, subject)} returning 1)
      select *, exists (select from slot) as reserved from tried`)
    if (!tried) return refused('NOT_ENROLLED')
    return tried.reserved ? { kind: 'counted' as const, ...tried } : refused('TOO_MANY_ATTEMPTS')
  }

  /** What was right was no wrong code. */
  const spend = async (userId: string, spent: SQL): Promise<boolean> => {
    const rows = await db.execute(sql`
      with spent as (${spent} returning 1), released as (
        update ${wrongCodes} set moments = moments[2:] from spent where key = ${bytes(subjectOf(userId))}
      )
      select 1 from spent`)
    return rows.length === 1
  }

  return {
    async tryTotp(userId) {
      const row = sql`select sealed_secret, ${stepNow} as step from ${totpFactors} where user_id = ${userParam(userId)}`
      const tried = await tryOn<{ sealed_secret: string; step: number }>(userId, row)
      if (tried.kind === 'refused') return tried
      return { kind: 'counted', sealedSecret: tried.sealed_secret, step: tried.step }
    },

    spendStep: (userId, step) =>
      spend(
        userId,
        sql`update ${totpFactors} set last_step = ${step}::bigint, last_used_at = now()
          where user_id = ${userParam(userId)} and last_step < ${step}::bigint`,
      ),

    tryRecovery: (userId) =>
      tryOn(userId, sql`select salt from ${recoveryCodes} where user_id = ${userParam(userId)} limit 1`),

    spendRecovery: (userId, digest) =>
      spend(
        userId,
        sql`delete from ${recoveryCodes} where user_id = ${userParam(userId)} and digest = ${bytes(digest)}`,
      ),
  }
}

const userParam = (userId: string): SQL => sql`${sql.param(userId, totpFactors.userId)}::uuid`

async function tryEnrollment(
  db: PostgresJsDatabase,
  { id, userId }: { id: string; userId: string },
): Promise<({ kind: 'counted' } & TotpTry) | TryRefused> {
  const isTheirs = and(eq(totpEnrollments.userId, userId), eq(totpEnrollments.id, id))
  const lives = sql`${totpEnrollments.expiresAt} > now()`
  const [tried] = await db
    .update(totpEnrollments)
    .set({ attempts: sql`${totpEnrollments.attempts} + 1` })
    .where(and(isTheirs, lives, lt(totpEnrollments.attempts, ENROLLMENT.attempts)))
    .returning({ sealedSecret: totpEnrollments.sealedSecret, step: sql<number>`${stepNow}` })
  if (tried) return { kind: 'counted', ...tried }

  const [known] = await db
    .select({ id: totpEnrollments.id })
    .from(totpEnrollments)
    .where(and(isTheirs, lives))
  return refused(known ? 'TOO_MANY_ATTEMPTS' : 'EXPIRED')
}

type Row = {
  id: string
  enrolled_at: string | null
  last_used_at: string | null
  destination_masked: string | null
  sms_enrolled_at: string
  sms_last_used_at: string | null
  codes: number
  version: number
  removed_at_version: number
}

async function findMany(
  db: PostgresJsDatabase,
  userIds: readonly string[],
): Promise<(Factors & { userId: string })[]> {
  const uuids = userIds.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])
  if (uuids.length === 0) return []
  const rows = await db.execute<Row>(sql`${PREPARED}
    select wanted.id, totp.enrolled_at, totp.last_used_at, coalesce(changed.version, 0) as version,
      coalesce(changed.removed_at_version, 0) as removed_at_version,
      sms.destination_masked, sms.enrolled_at as sms_enrolled_at, sms.last_used_at as sms_last_used_at,
      (select count(*) from ${recoveryCodes} where user_id = wanted.id)::int as codes
    from unnest(${sql.param(uuids)}::uuid[]) as wanted(id)
      left join ${totpFactors} as totp on totp.user_id = wanted.id
      left join ${smsFactors} as sms on sms.user_id = wanted.id
      left join ${factorVersions} as changed on changed.user_id = wanted.id`)
  return rows.map((row) => ({
    userId: uuidToId(ID_PREFIXES.user, row.id),
    totp: totpOf(row),
    sms: smsOf(row),
    recoveryCodes: row.codes,
    version: row.version,
    removedAtVersion: row.removed_at_version,
  }))
}

const totpOf = ({ enrolled_at, last_used_at }: Row): Factors['totp'] =>
  enrolled_at === null ? null : { enrolledAt: new Date(enrolled_at), lastUsedAt: momentOf(last_used_at) }

const smsOf = ({ destination_masked, sms_enrolled_at, sms_last_used_at }: Row): Factors['sms'] =>
  destination_masked === null
    ? null
    : {
        destinationMasked: destination_masked,
        enrolledAt: new Date(sms_enrolled_at),
        lastUsedAt: momentOf(sms_last_used_at),
      }

const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

const refused = (reason: TryRefused['reason']): TryRefused => ({ kind: 'refused', reason })
