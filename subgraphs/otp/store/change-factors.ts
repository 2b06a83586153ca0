import { and, eq, gt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor, AuditDetail } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { mfaChanged } from '../../shared/contracts/otp.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { FactorStore, MfaChange, NewRecoveryCodes } from '../domain/factor-ports.js'
import { factorVersions, recoveryCodes, totpEnrollments, totpFactors } from './factor-tables.js'
import { outbox as outboxTable } from './tables.js'

type Changes = Pick<FactorStore, 'confirmEnrollment' | 'removeTotp' | 'renewRecoveryCodes' | 'reset'>

/** Changes of somebody's factors: each is told to them and to the audit log in its own transaction. */
export function changeFactors(db: PostgresJsDatabase, outbox: Outbox): Changes {
  const tell = async (tx: Transaction, { userId, change, by, detail = {} }: Told) => {
    const version = await raiseVersion(tx, userId)
    await outbox.record(tx, mfaChanged, { userId, change, version, at: new Date().toISOString() })
    const action = ACTIONS[change]
    await tx
      .insert(outboxTable)
      .values(recordedAct({ action, outcome: 'SUCCESS', subjectId: userId, by, detail }))
  }

  const removeAll = (userId: string, told: Omit<Told, 'userId'>) =>
    db.transaction(async (tx) => {
      const removed = await tx
        .delete(totpFactors)
        .where(eq(totpFactors.userId, userId))
        .returning({ userId: totpFactors.userId })
      if (removed.length === 0) return false
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
      await tell(tx, { userId, ...told })
      return true
    })

  return {
    confirmEnrollment: (enrollment, codes, by) =>
      db.transaction((tx) => confirmEnrollment({ tx, tell }, { enrollment, codes, by })),

    removeTotp: (userId, by) => removeAll(userId, { change: 'TOTP_REMOVED', by }),
    reset: (userId, { by, reason }) => removeAll(userId, { change: 'RESET', by, detail: { reason } }),

    renewRecoveryCodes: (userId, codes, by) =>
      db.transaction(async (tx) => {
        // Two who renew at once go one after the other, so that the codes of one of them are all there is.
        const [factor] = await tx
          .select({ userId: totpFactors.userId })
          .from(totpFactors)
          .where(eq(totpFactors.userId, userId))
          .for('update')
        if (!factor) return false
        await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
        await insertCodes(tx, userId, codes)
        await tell(tx, { userId, change: 'RECOVERY_CODES_RENEWED', by })
        return true
      }),
  }
}

type Confirming = {
  enrollment: Parameters<FactorStore['confirmEnrollment']>[0]
  codes: NewRecoveryCodes
  by: Actor
}

async function confirmEnrollment(
  { tx, tell }: { tx: Transaction; tell: (tx: Transaction, told: Told) => Promise<void> },
  { enrollment: { id, userId, step }, codes, by }: Confirming,
): ReturnType<FactorStore['confirmEnrollment']> {
  const isTheirs = and(eq(totpEnrollments.userId, userId), eq(totpEnrollments.id, id))
  const [begun] = await tx
    .delete(totpEnrollments)
    .where(and(isTheirs, gt(totpEnrollments.expiresAt, sql`now()`)))
    .returning({ sealedSecret: totpEnrollments.sealedSecret })
  if (!begun) return null

  const row = { ...begun, lastStep: step, enrolledAt: sql`now()`, lastUsedAt: null }
  await tx
    .insert(totpFactors)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: totpFactors.userId, set: row })
  const [known] = await tx
    .select({ userId: recoveryCodes.userId })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, userId))
    .limit(1)
  if (!known) await insertCodes(tx, userId, codes)
  await tell(tx, { userId, change: 'TOTP_ENROLLED', by })
  return { codesGiven: !known }
}

type Told = { userId: string; change: MfaChange; by: Actor; detail?: AuditDetail }

async function raiseVersion(tx: Transaction, userId: string): Promise<number> {
  const [row] = await tx
    .insert(factorVersions)
    .values({ userId, version: 1 })
    .onConflictDoUpdate({
      target: factorVersions.userId,
      set: { version: sql`${factorVersions.version} + 1` },
    })
    .returning({ version: factorVersions.version })
  if (!row) throw new Error('a version was not written')
  return row.version
}

const ACTIONS: Record<MfaChange, string> = {
  TOTP_ENROLLED: 'mfa.enroll',
  TOTP_REMOVED: 'mfa.remove',
  RECOVERY_CODES_RENEWED: 'mfa.renew-recovery-codes',
  RESET: 'mfa.reset',
}

async function insertCodes(tx: Transaction, userId: string, { salt, digests }: NewRecoveryCodes) {
  await tx.insert(recoveryCodes).values(digests.map((digest) => ({ userId, salt, digest })))
}
