import { and, eq, gt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ITSELF } from '../../shared/audit/act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AccessChange, AccessStore } from '../domain/ports.js'
import { endMany } from './end-sessions.js'
import { accessVersions } from './tables.js'

export const createAccessStore = (db: PostgresJsDatabase, outbox: Outbox): AccessStore => ({
  change: (change) => db.transaction((tx) => changeAccess({ db: tx, outbox }, change)),

  async isOutdated({ userId, version }) {
    const [newer] = await db
      .select({ version: accessVersions.version })
      .from(accessVersions)
      .where(and(eq(accessVersions.userId, userId), gt(accessVersions.version, version)))
    return newer !== undefined
  },
})

/** In whatever order changes are heard of, the highest version stays. */
export async function changeAccess(
  { db, outbox }: { db: Transaction; outbox: Outbox },
  { userId, version, endsSessions }: AccessChange,
): Promise<void> {
  if (endsSessions) await endMany({ db, outbox }, { userId }, { reason: 'DISABLED', by: ITSELF })
  await db
    .insert(accessVersions)
    .values({ userId, version })
    .onConflictDoUpdate({
      target: accessVersions.userId,
      set: { version: sql`excluded.version`, changedAt: sql`now()` },
      setWhere: sql`excluded.version > ${accessVersions.version}`,
    })
}
