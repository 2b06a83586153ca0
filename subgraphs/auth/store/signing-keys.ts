import { desc, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { signingKeys } from './tables.js'

export type StoredKey = { kid: string; publicJwk: Record<string, unknown>; sealedPrivateJwk: string }

/** Every key, the newest first. The first to start makes the first one; the rest find it. */
export async function loadSigningKeys(
  db: PostgresJsDatabase,
  make: () => Promise<StoredKey>,
): Promise<StoredKey[]> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('auth.signing_keys'))`)
    const keys = await tx.select().from(signingKeys).orderBy(desc(signingKeys.createdAt))
    if (keys.length > 0) return keys
    return tx
      .insert(signingKeys)
      .values(await make())
      .returning()
  })
}
