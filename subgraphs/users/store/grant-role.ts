import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { ITSELF } from '../../shared/audit/act.js'
import { accessChanged } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { OperatorStore, RoleGranted } from '../domain/ports.js'
import { recordActs } from './record-act.js'
import { users } from './tables.js'

export const createOperatorStore = (db: PostgresJsDatabase, outbox: Outbox): OperatorStore => ({
  grantRole: (email, role) =>
    db.transaction(async (tx) => {
      const [granted] = await tx
        .update(users)
        .set({
          roles: sql`array_append(${users.roles}, ${role})`,
          accessVersion: sql`${users.accessVersion} + 1`,
          updatedAt: sql`now()`,
        })
        .where(
          and(eq(users.email, email), isNotNull(users.emailVerifiedAt), sql`${role} <> all(${users.roles})`),
        )
        .returning({ userId: users.id, version: users.accessVersion })
      if (!granted) return whyNot(tx, email)

      await outbox.record(tx, accessChanged, { ...granted, endsSessions: false, cause: 'ROLES' })
      await recordActs(tx, {
        action: 'role.assign',
        outcome: 'SUCCESS',
        subjectId: granted.userId,
        by: { ...ITSELF, client: 'operator' },
        detail: { role },
      })
      return 'GRANTED'
    }),
})

async function whyNot(db: Transaction, email: string): Promise<RoleGranted> {
  const [account] = await db
    .select({ verifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.email, email))
  if (!account) return 'NOT_FOUND'
  return account.verifiedAt ? 'HELD_BEFORE' : 'NOT_VERIFIED'
}
