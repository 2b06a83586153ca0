import { and, eq, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { UsernameChanged } from '../domain/ports.js'
import { USERNAME_RESERVED_DAYS } from '../limits.js'
import { accountColumns } from './account-columns.js'
import { isFreeUsername } from './is-free-username.js'
import { isUniqueViolation } from './is-unique-violation.js'
import { recordActs } from './record-act.js'
import { reservedUsernames, users } from './tables.js'

type Request = { userId: string; username: string; by: Actor }

/** Gives a person another username and keeps the old one for them, in one transaction. */
export async function changeUsername(db: PostgresJsDatabase, request: Request): Promise<UsernameChanged> {
  try {
    return await db.transaction((tx) => change(tx, request))
  } catch (error) {
    // Someone took a free name between our look and our write.
    if (isUniqueViolation(error)) return { kind: 'refused', reason: 'TAKEN' }
    throw error
  }
}

async function change(tx: Transaction, { userId, username, by }: Request): Promise<UsernameChanged> {
  // Two changes of one person go one after the other, so that each name given up is kept.
  const [before] = await tx
    .select({ username: users.username })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.anonymizedAt)))
    .for('update')
  if (!before) return { kind: 'refused', reason: 'NOT_FOUND' }

  const isTheirs = eq(users.username, username)
  const [account] = await tx
    .update(users)
    .set({ username, updatedAt: sql`case when ${isTheirs} then ${users.updatedAt} else now() end` })
    .where(and(eq(users.id, userId), sql`(${isTheirs} or ${isFreeUsername(username, userId)})`))
    .returning(accountColumns)
  if (!account) return { kind: 'refused', reason: 'TAKEN' }

  if (before.username === username) return { kind: 'changed', account }
  if (before.username !== null) await reserve(tx, userId, before.username)
  await recordActs(tx, { action: 'user.change-username', outcome: 'SUCCESS', subjectId: userId, by })
  return { kind: 'changed', account }
}

/** Usernames that were kept for long enough are anybody's, and say nothing of who had them. */
export async function forgetOldUsernames(db: PostgresJsDatabase): Promise<void> {
  await db.delete(reservedUsernames).where(sql`${reservedUsernames.until} <= now()`)
}

export async function reserve(tx: Transaction, userId: string, username: string): Promise<void> {
  const until = sql`now() + make_interval(days => ${USERNAME_RESERVED_DAYS})`
  await tx
    .insert(reservedUsernames)
    .values({ username, userId, until })
    // Left over from someone whose time has passed, or from the last time this person gave it up.
    .onConflictDoUpdate({ target: reservedUsernames.username, set: { userId, until } })
}
