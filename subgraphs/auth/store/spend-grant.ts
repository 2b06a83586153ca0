import { lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { SpentGrant } from '../domain/ports.js'
import { spentGrants } from './tables.js'

/** Part of the statement that the grant is good for: of many racing callers one gets a row. */
export const spendGrant = (grant: SpentGrant | null): SQL => sql`
  insert into ${spentGrants} (jti, expires_at)
  select ${grant?.jti ?? null}::text, ${grant?.expiresAt.toISOString() ?? null}::timestamptz where ${grant !== null}
  on conflict do nothing returning 1`

/** An hour after its end, so that no clock that is slow finds a grant good that has been forgotten. */
export async function forgetSpentGrants(db: PostgresJsDatabase): Promise<void> {
  await db.delete(spentGrants).where(lt(spentGrants.expiresAt, sql`now() - interval '1 hour'`))
}
