import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { OperatorStore, RoleGranted } from '../domain/ports.js'
import { users } from './tables.js'

export const createOperatorStore = (db: PostgresJsDatabase): OperatorStore => ({
  async grantRole(email, role) {
    const granted = await db
      .update(users)
      .set({ roles: sql`array_append(${users.roles}, ${role})`, updatedAt: sql`now()` })
      .where(
        and(eq(users.email, email), isNotNull(users.emailVerifiedAt), sql`${role} <> all(${users.roles})`),
      )
      .returning({ id: users.id })
    return granted.length === 1 ? 'GRANTED' : whyNot(db, email)
  },
})

async function whyNot(db: PostgresJsDatabase, email: string): Promise<RoleGranted> {
  const [account] = await db
    .select({ verifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.email, email))
  if (!account) return 'NOT_FOUND'
  return account.verifiedAt ? 'HELD_BEFORE' : 'NOT_VERIFIED'
}
