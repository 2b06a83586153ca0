import { and, eq, gt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ITSELF } from '../../shared/audit/act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AccessChange, AccessStore, FactorChange } from '../domain/access-ports.js'
import { distrustDevices } from './devices.js'
import { endMany } from './end-sessions.js'
import { accessVersions } from './tables.js'

/** What a token is compared with: each of its parts only rises, and so does the sum. */
export const told = sql<number>`(${accessVersions.version} + ${accessVersions.factorVersion})`

export const createAccessStore = (db: PostgresJsDatabase, outbox: Outbox): AccessStore => ({
  change: (change) => db.transaction((tx) => changeAccess({ db: tx, outbox }, change)),

  changeFactors: (change) => db.transaction((tx) => changeFactors(tx, change)),

  async isOutdated({ userId, version }) {
    const [newer] = await db
      .select({ version: accessVersions.version })
      .from(accessVersions)
      .where(and(eq(accessVersions.userId, userId), gt(told, version)))
    return newer !== undefined
  },
})

/** In whatever order changes are heard of, the highest version stays. */
export async function changeAccess(
  { db, outbox }: { db: Transaction; outbox: Outbox },
  { userId, version, endsSessions }: AccessChange,
): Promise<void> {
  await db
    .insert(accessVersions)
    .values({ userId, version })
    .onConflictDoUpdate({
      target: accessVersions.userId,
      set: { version: sql`excluded.version`, changedAt: sql`now()` },
      setWhere: sql`excluded.version > ${accessVersions.version}`,
    })
  if (endsSessions) await endMany({ db, outbox }, { userId }, { reason: 'DISABLED', by: ITSELF })
}

/**
 * In whatever order changes are heard of, the highest version stays. Devices that were trusted were so because of the
 * factor that there was; heard of again, a change leaves alone what is trusted since.
 */
export async function changeFactors(db: Transaction, { userId, version }: FactorChange): Promise<void> {
  const raised = await db
    .insert(accessVersions)
    .values({ userId, factorVersion: version })
    .onConflictDoUpdate({
      target: accessVersions.userId,
      set: { factorVersion: sql`excluded.factor_version`, changedAt: sql`now()` },
      setWhere: sql`excluded.factor_version > ${accessVersions.factorVersion}`,
    })
    .returning({ userId: accessVersions.userId })
  if (raised.length > 0) await distrustDevices(db, userId)
}
