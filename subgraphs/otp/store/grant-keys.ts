import { desc, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { GrantKey, GrantKeyStore } from '../grants/ports.js'
import { grantKeys } from './tables.js'

export function createGrantKeyStore(db: PostgresJsDatabase): GrantKeyStore {
  return {
    listPublic: async () =>
      (await db.select({ jwk: grantKeys.publicJwk }).from(grantKeys)).map(({ jwk }) => jwk),

    // Processes that start together wait here for the first; all of them then hold its key.
    getOrInsert: (make) =>
      db.transaction(async (tx): Promise<GrantKey> => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtext('otp.grant_keys'))`)
        const [newest] = await tx.select().from(grantKeys).orderBy(desc(grantKeys.createdAt)).limit(1)
        if (newest) return newest
        const fresh = await make()
        await tx.insert(grantKeys).values(fresh)
        return fresh
      }),
  }
}
