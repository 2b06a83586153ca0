import { lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { Spent } from './links.js'
import { spentGrants } from './tables.js'

/** Spends a grant: of many racing callers one inserts its `jti`. */
export async function spendGrant(
  tx: Transaction,
  { userId, jti, expiresAt }: { userId: string; jti: string; expiresAt: Date },
): Promise<Spent> {
  const spent = await tx.insert(spentGrants).values({ jti, expiresAt }).onConflictDoNothing().returning()
  return spent.length === 1 ? { userId } : { refused: 'ALREADY_USED' }
}

/** An hour after its end, so that no clock that is slow finds a grant good that has been forgotten. */
export async function forgetSpentGrants(db: PostgresJsDatabase): Promise<void> {
  await db.delete(spentGrants).where(lt(spentGrants.expiresAt, sql`now() - interval '1 hour'`))
}
