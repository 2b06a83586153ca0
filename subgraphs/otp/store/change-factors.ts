import { and, eq, gt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { FactorNumber, FactorRemoval, FactorStore, NewRecoveryCodes } from '../domain/factor-ports.js'
import { factorChange, lockFactors, type Told } from './factor-change.js'
import { recoveryCodes, smsFactors, smsNumbers, totpEnrollments, totpFactors } from './factor-tables.js'

type Changes = Pick<
  FactorStore,
  'confirmEnrollment' | 'enrolSms' | 'removeTotp' | 'removeSms' | 'renewRecoveryCodes' | 'reset'
>
type Connection = { tx: Transaction; tell: (told: Told) => Promise<void> }

/** Changes of somebody's factors: each is told to them and to the audit log in its own transaction. */
export function changeFactors(db: PostgresJsDatabase, outbox: Outbox): Changes {
  const change = factorChange(db, outbox)

  /** With the last factor go the recovery codes. */
  const remove = (userId: string, told: Told, tables: readonly FactorTable[]) =>
    change(userId, async ({ tx, tell }) => {
      if (!(await removeFrom(tx, userId, tables))) return false
      const factorsLeft = await hasFactor(tx, userId)
      if (!factorsLeft) await removeCodes(tx, userId)
      await tell({ ...told, factorsLeft })
      return true
    })

  /** The same of one, which may have to stay where it is the last. */
  const removeOne = (
    userId: string,
    { keepsLast, ...told }: Told & { keepsLast: boolean },
    table: FactorTable,
  ) =>
    change(userId, async ({ tx, tell }): Promise<FactorRemoval> => {
      if (!(await hasFactor(tx, userId, [table]))) return 'NONE'
      const others = FACTOR_TABLES.filter((other) => other !== table)
      const isLast = !(await hasFactor(tx, userId, others))
      if (isLast && keepsLast) return 'LAST'
      await removeFrom(tx, userId, [table])
      if (isLast) await removeCodes(tx, userId)
      await tell({ ...told, factorsLeft: !isLast })
      return 'REMOVED'
    })

  return {
    confirmEnrollment: ({ userId, ...enrollment }, codes, by) =>
      change(userId, (connection) => confirmEnrollment(connection, { userId, ...enrollment }, { codes, by })),

    enrolSms: (userId, number, how) =>
      change(userId, (connection) => enrolSms(connection, { userId, number }, how)),

    removeTotp: (userId, how) => removeOne(userId, { change: 'TOTP_REMOVED', ...how }, totpFactors),
    removeSms: (userId, how) => removeOne(userId, { change: 'SMS_REMOVED', ...how }, smsFactors),
    reset: (userId, { by, reason }) =>
      remove(userId, { change: 'RESET', by, detail: { reason } }, FACTOR_TABLES),

    renewRecoveryCodes: (userId, codes, by) =>
      change(userId, async ({ tx, tell }) => {
        if (!(await hasFactor(tx, userId))) return false
        await removeCodes(tx, userId)
        await insertCodes(tx, userId, codes)
        await tell({ change: 'RECOVERY_CODES_RENEWED', by })
        return true
      }),
  }
}

type FactorTable = typeof totpFactors | typeof smsFactors

const FACTOR_TABLES: readonly FactorTable[] = [totpFactors, smsFactors]

type How = { codes: NewRecoveryCodes; by: Actor }

async function confirmEnrollment(
  { tx, tell }: Connection,
  { id, userId, step, isFirst }: Parameters<FactorStore['confirmEnrollment']>[0],
  { codes, by }: How,
): ReturnType<FactorStore['confirmEnrollment']> {
  if (isFirst && (await hasFactor(tx, userId))) return null
  const isTheirs = and(eq(totpEnrollments.userId, userId), eq(totpEnrollments.id, id))
  const [begun] = await tx
    .delete(totpEnrollments)
    .where(and(isTheirs, gt(totpEnrollments.expiresAt, sql`now()`)))
    .returning({ sealedSecret: totpEnrollments.sealedSecret, at: sql<string>`now()` })
  if (!begun) return null

  const row = { sealedSecret: begun.sealedSecret, lastStep: step, enrolledAt: sql`now()`, lastUsedAt: null }
  await tx
    .insert(totpFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: totpFactors.userId, set: row })
  const codesGiven = await giveFirstCodes(tx, userId, codes)
  await tell({ change: 'TOTP_ENROLLED', by })
  return { codesGiven, at: new Date(begun.at) }
}

async function enrolSms(
  { tx, tell }: Connection,
  { userId, number: { digest, masked } }: { userId: string; number: FactorNumber },
  { codes, by }: How,
): ReturnType<FactorStore['enrolSms']> {
  const row = { destinationMasked: masked, enrolledAt: sql`now()`, lastUsedAt: null }
  // From before a number that was changed to took the place of the old one there may be several.
  const isOther = sql`array[${sql.param(digest, smsNumbers.digest)}::bytea] is distinct from
    (select array_agg(digest) from ${smsNumbers} where user_id = ${smsFactors.userId})`
  const changed = await tx
    .insert(smsFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: smsFactors.userId, set: row, setWhere: isOther })
    .returning({ userId: smsFactors.userId })
  if (changed.length === 0) return { codesGiven: false }

  await keepNumber(tx, userId, digest)
  const codesGiven = await giveFirstCodes(tx, userId, codes)
  await tell({ change: 'SMS_ENROLLED', by })
  return { codesGiven }
}

/** In the place of any other, so that one which somebody puts back gets no codes. */
async function keepNumber(tx: Transaction, userId: string, digest: Uint8Array): Promise<void> {
  await tx.delete(smsNumbers).where(eq(smsNumbers.userId, userId))
  await tx.insert(smsNumbers).values({ userId, digest })
}

/** Has texts that are somebody's second factor go to another number; nothing where they are not. */
export async function followNumber(
  tx: Transaction,
  userId: string,
  { digest, masked }: FactorNumber,
): Promise<void> {
  await lockFactors(tx, userId)
  const followed = await tx
    .update(smsFactors)
    .set({ destinationMasked: masked })
    .where(eq(smsFactors.userId, userId))
    .returning({ userId: smsFactors.userId })
  if (followed.length > 0) await keepNumber(tx, userId, digest)
}

async function removeFrom(tx: Transaction, userId: string, tables: readonly FactorTable[]): Promise<boolean> {
  let removed = 0
  for (const table of tables) {
    const rows = await tx.delete(table).where(eq(table.userId, userId)).returning({ of: table.userId })
    removed += rows.length
    if (table === smsFactors) await tx.delete(smsNumbers).where(eq(smsNumbers.userId, userId))
  }
  return removed > 0
}

async function hasFactor(tx: Transaction, userId: string, tables = FACTOR_TABLES): Promise<boolean> {
  for (const table of tables) {
    const [factor] = await tx.select({ of: table.userId }).from(table).where(eq(table.userId, userId))
    if (factor) return true
  }
  return false
}

const removeCodes = (tx: Transaction, userId: string) =>
  tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))

async function giveFirstCodes(tx: Transaction, userId: string, codes: NewRecoveryCodes): Promise<boolean> {
  const [known] = await tx
    .select({ userId: recoveryCodes.userId })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId))
    .limit(1)
  if (!known) await insertCodes(tx, userId, codes)
  return !known
}

async function insertCodes(tx: Transaction, userId: string, { salt, digests }: NewRecoveryCodes) {
  await tx.insert(recoveryCodes).values(digests.map((digest) => ({ userId, salt, digest })))
}
