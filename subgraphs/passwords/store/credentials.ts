import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { AppError } from '../../shared/errors/app-error.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { CredentialStore } from '../domain/ports.js'
import { credentials } from './tables.js'

/** Long enough for any registration to commit; database time (SECURITY 13.3, 13.9). */
const SECONDS_TO_CLAIM = 40

const isOverdue = and(
  isNull(credentials.confirmedAt),
  sql`${credentials.createdAt} < now() - make_interval(secs => ${SECONDS_TO_CLAIM})`,
)

export function createCredentialStore(db: PostgresJsDatabase): CredentialStore {
  const reads = prepareReads(db)

  return {
    async insertUnclaimed(userId, stored) {
      const row = { ...stored, isLong: stored.isLong ?? null, changedAt: sql`now()`, createdAt: sql`now()` }
      const inserted = await db
        .insert(credentials)
        .values({ userId, ...row })
        .onConflictDoUpdate({
          target: credentials.userId,
          set: row,
          setWhere: isNull(credentials.confirmedAt),
        })
        .returning({ userId: credentials.userId })
      if (inserted.length === 0) throw new AppError('CONFLICT')
    },

    async find(userId) {
      // Nobody is looked up as well, by an id that nobody has: no statement less tells them apart (SECURITY 7.4).
      const uuid = (userId === null ? null : idToUuid(ID_PREFIXES.user, userId)) ?? newUuid()
      const [stored] = await reads.byUser.execute({ uuid })
      return stored ?? null
    },

    findLength: (userId) => findLength(db, userId),

    async findStates(userIds) {
      const uuids = uuidsOf(userIds)
      const rows = uuids.length > 0 ? await reads.states.execute({ uuids }) : []
      return rows.map((row) => ({ ...row, isSet: true }))
    },

    async replaceHash(userId, { from, to }) {
      const replaced = await db
        .update(credentials)
        .set(to)
        .where(and(eq(credentials.userId, userId), eq(credentials.phc, from)))
        .returning({ userId: credentials.userId })
      return replaced.length === 1
    },

    async listOverdue(limit) {
      const rows = await db
        .select({ userId: credentials.userId })
        .from(credentials)
        .where(isOverdue)
        .orderBy(asc(credentials.createdAt))
        .limit(limit)
      return rows.map(({ userId }) => userId)
    },

    settleOverdue: (owners) => settleOverdue(db, owners),
  }
}

async function findLength(db: PostgresJsDatabase, userId: string) {
  const [stored] = await db
    .select({ isLong: credentials.isLong })
    .from(credentials)
    .where(eq(credentials.userId, userId))
  if (!stored) return null
  if (stored.isLong === null) return 'unknown'
  return stored.isLong ? 'long' : 'short'
}

/**
 * One statement, so that sweeps of several processes agree. A row that is being claimed at this moment is left to
 * whoever holds it, and one that was claimed since it was listed is no longer overdue.
 */
async function settleOverdue(db: PostgresJsDatabase, owners: { existing: string[]; missing: string[] }) {
  const existing = sql.param(uuidsOf(owners.existing))
  const missing = sql.param(uuidsOf(owners.missing))

  const settled = await db.execute(sql`
    with overdue as (
      select user_id from ${credentials}
      where (user_id = any(${existing}::uuid[]) or user_id = any(${missing}::uuid[])) and ${isOverdue}
      for update skip locked
    ), claimed as (
      update ${credentials} set confirmed_at = now()
      where user_id in (select user_id from overdue) and user_id = any(${existing}::uuid[])
      returning user_id
    ), swept as (
      delete from ${credentials}
      where user_id in (select user_id from overdue) and user_id = any(${missing}::uuid[])
      returning user_id
    )
    select user_id from claimed union all select user_id from swept`)
  return { settled: settled.length }
}

const uuidsOf = (userIds: readonly string[]): string[] =>
  userIds.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])

/**
 * The hot reads, planned once for each connection. An unclaimed credential counts: whoever asks by a person's id has it
 * from users, so the account exists, and its event may be late.
 */
function prepareReads(db: PostgresJsDatabase) {
  const { userId, phc, pepperVersion, changedAt, mustChange, changeReason, knownBreachedAt } = credentials

  return {
    byUser: db
      .select({ phc, pepperVersion, mustChange, changeReason })
      .from(credentials)
      .where(eq(userId, sql.placeholder('uuid')))
      .prepare('credential_by_user'),
    states: db
      .select({ userId, changedAt, mustChange, knownBreachedAt })
      .from(credentials)
      .where(sql`${userId} = any(${sql.placeholder('uuids')}::uuid[])`)
      .prepare('password_states'),
  }
}
