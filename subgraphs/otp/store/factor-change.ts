import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor, AuditDetail } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { mfaChanged } from '../../shared/contracts/otp.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { MfaChange } from '../domain/factor-ports.js'
import { factorVersions } from './factor-tables.js'
import { outbox as outboxTable } from './tables.js'

export type Told = { change: MfaChange; by: Actor; detail?: AuditDetail; factorsLeft?: boolean }

type Change = { tx: Transaction; tell: (told: Told) => Promise<void> }

/**
 * Runs a change of somebody's factors, one at a time for each person: whether a factor is their last, and whether they have
 * codes, would be answered wrongly beside another change.
 */
export const factorChange =
  (db: PostgresJsDatabase, outbox: Outbox) =>
  <Result>(userId: string, act: (change: Change) => Promise<Result>): Promise<Result> =>
    db.transaction(async (tx) => {
      await lockFactors(tx, userId)
      return act({ tx, tell: (told) => tell({ tx, outbox }, userId, told) })
    })

export const lockFactors = (tx: Transaction, userId: string) =>
  tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`usergraph.otp.factors:${userId}`}::text, 0))`,
  )

async function tell(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  userId: string,
  { change, by, detail = {}, factorsLeft = true }: Told,
): Promise<void> {
  const version = await raiseVersion(tx, userId, change)
  const at = new Date().toISOString()
  await outbox.record(tx, mfaChanged, { userId, change, version, factorsLeft, at })
  const act = { action: ACTIONS[change], outcome: 'SUCCESS', subjectId: userId, by, detail } as const
  await tx.insert(outboxTable).values(recordedAct(act))
}

/** A further factor, or another app in the place of one that was shown for it, takes nothing from what was proved before. */
const REMOVALS: readonly MfaChange[] = ['TOTP_REMOVED', 'SMS_REMOVED', 'RESET']

async function raiseVersion(tx: Transaction, userId: string, change: MfaChange): Promise<number> {
  const version = sql`${factorVersions.version} + 1`
  const removes = REMOVALS.includes(change)
  const [row] = await tx
    .insert(factorVersions)
    .values({ userId, version: 1, removedAtVersion: removes ? 1 : 0 })
    .onConflictDoUpdate({
      target: factorVersions.userId,
      set: removes ? { version, removedAtVersion: version } : { version },
    })
    .returning({ version: factorVersions.version })
  if (!row) throw new Error('a version was not written')
  return row.version
}

const ACTIONS: Record<MfaChange, string> = {
  TOTP_ENROLLED: 'mfa.enroll',
  TOTP_REMOVED: 'mfa.remove',
  SMS_ENROLLED: 'mfa.enroll-sms',
  SMS_REMOVED: 'mfa.remove-sms',
  RECOVERY_CODES_RENEWED: 'mfa.renew-recovery-codes',
  RESET: 'mfa.reset',
}
