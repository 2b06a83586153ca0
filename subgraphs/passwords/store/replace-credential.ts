import { and, desc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { passwordChanged } from '../../shared/contracts/passwords.js'
import { outboxRow, type Transaction } from '../../shared/events/outbox.js'
import { newUuid } from '../../shared/ids/uuid.js'
import type { ChangeReason, StoredPassword } from '../domain/ports.js'
import type { PasswordChange } from '../domain/recovery-ports.js'
import { credentials, outbox, passwordHistory, resetLinks } from './tables.js'

/**
 * Puts a password in force and keeps the one before for the history, in which the latest `historySize` stay. A link to
 * reset it is dead from then on.
 *
 * Locks are taken in the order link, credential, history, everywhere.
 */
export async function replaceCredential(
  tx: Transaction,
  { userId, stored, historySize }: { userId: string; stored: StoredPassword; historySize: number },
): Promise<void> {
  await endLink(tx, userId)
  const [before] = await tx
    .select({ phc: credentials.phc, pepperVersion: credentials.pepperVersion })
    .from(credentials)
    .where(eq(credentials.userId, userId))
    .for('update')
  if (before) await keepFormer(tx, { userId, before, historySize })

  const set = {
    ...stored,
    isLong: stored.isLong ?? null,
    changedAt: sql`now()`,
    mustChange: false,
    changeReason: 'ADMIN_RESET' as const, // an older version that asks again says no reason
    knownBreachedAt: null,
    confirmedAt: sql`coalesce(${credentials.confirmedAt}, now())`,
  }
  await tx
    .insert(credentials)
    .values({ userId, ...stored, confirmedAt: sql`now()` })
    .onConflictDoUpdate({ target: credentials.userId, set })
}

/**
 * Without a second factor beside it, a password that is not known to be long is another one at the next sign-in (SECURITY 6.1).
 * Where staff asked for another already, theirs stays the reason.
 */
export async function requireLonger(tx: Transaction, userId: string): Promise<void> {
  await tx
    .update(credentials)
    .set({
      mustChange: true,
      changeReason: sql`case when ${credentials.mustChange} then ${credentials.changeReason} else ${TOO_SHORT} end`,
    })
    .where(and(eq(credentials.userId, userId), sql`${credentials.isLong} is not true`))
}

const TOO_SHORT = 'TOO_SHORT' satisfies ChangeReason

/** For the history, in which the latest stay. */
export async function keepFormer(
  tx: Transaction,
  { userId, before, historySize }: { userId: string; before: StoredPassword; historySize: number },
): Promise<void> {
  if (historySize > 0) await tx.insert(passwordHistory).values({ id: newUuid(), userId, ...before })
  const latest = tx
    .select({ id: passwordHistory.id })
    .from(passwordHistory)
    .where(eq(passwordHistory.userId, userId))
    .orderBy(desc(passwordHistory.id))
    .limit(historySize)
  await tx
    .delete(passwordHistory)
    .where(and(eq(passwordHistory.userId, userId), notInArray(passwordHistory.id, latest)))
}

/**
 * It stays, so that how often one was mailed is still known. It ends before all time: a reset that began before this
 * transaction did still sees a link that ended now as a living one.
 */
export async function endLink(tx: Transaction, userId: string): Promise<void> {
  await tx
    .update(resetLinks)
    .set({ expiresAt: sql`'-infinity'` })
    .where(and(eq(resetLinks.userId, userId), isNull(resetLinks.usedAt)))
}

/**
 * Tells of a change, in the transaction that makes it. The relay is not poked: auth is called first, and hears of it
 * by the event where that call never comes.
 */
export async function tellOfChange(
  tx: Transaction,
  change: Omit<PasswordChange, 'eventId'>,
  act: Act,
): Promise<PasswordChange> {
  const told = outboxRow(passwordChanged, { ...change, at: new Date().toISOString() })
  await tx.insert(outbox).values([told, recordedAct(act)])
  return { ...change, eventId: told.id }
}
