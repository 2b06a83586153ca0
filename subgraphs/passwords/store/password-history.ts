import { desc, eq } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { StoredPassword } from '../domain/ports.js'
import type { PasswordHistory } from '../domain/recovery-ports.js'
import { credentials, passwordHistory } from './tables.js'

type Options = {
  historySize: number
  /** Whether a hash can still be compared with: its pepper may have been taken away since. */
  isReadable: (stored: StoredPassword) => boolean
}

export const createPasswordHistory = (
  db: PostgresJsDatabase,
  { historySize, isReadable }: Options,
): PasswordHistory => ({
  async listUsed(userId) {
    const current = db
      .select({ phc: credentials.phc, pepperVersion: credentials.pepperVersion })
      .from(credentials)
      .where(eq(credentials.userId, userId))
    const former = db
      .select({ phc: passwordHistory.phc, pepperVersion: passwordHistory.pepperVersion })
      .from(passwordHistory)
      .where(eq(passwordHistory.userId, userId))
      .orderBy(desc(passwordHistory.id))
      .limit(historySize)
    return (await unionAll(current, former)).filter(isReadable)
  },
})
