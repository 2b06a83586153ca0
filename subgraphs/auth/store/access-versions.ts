import { and, eq, gt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { AccessChange, AccessStore } from '../domain/ports.js'
import { endMany } from './end-sessions.js'
import { accessVersions, sessions } from './tables.js'

export const createAccessStore = (db: PostgresJsDatabase): AccessStore => ({
  change: (change) => db.transaction((tx) => changeAccess(tx, change)),

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
  tx: Transaction,
  { userId, version, endsSessions }: AccessChange,
): Promise<void> {
  if (endsSessions) await endMany(tx, eq(sessions.userId, userId), 'DISABLED')
  await tx
    .insert(accessVersions)
    .values({ userId, version })
    .onConflictDoUpdate({
      target: accessVersions.userId,
      set: { version: sql`excluded.version`, changedAt: sql`now()` },
      setWhere: sql`excluded.version > ${accessVersions.version}`,
    })
}
