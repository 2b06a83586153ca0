import { and, eq, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { profileUpdated } from '../../shared/contracts/users-profile.js'
import type { Outbox } from '../../shared/events/outbox.js'
import type { Account, ProfileChange } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { profileColumns } from './attributes.js'
import { recordActs } from './record-act.js'
import { users } from './tables.js'

type Update = { id: string; change: ProfileChange; ifUpdatedAt: Date | null; by: Actor }

/** Changes plain fields where nobody did since `ifUpdatedAt`; null where somebody did, or there is no such account. */
export async function updateProfile(
  db: PostgresJsDatabase,
  outbox: Outbox,
  { id, change, ifUpdatedAt, by }: Update,
): Promise<Account | null> {
  const unchanged = ifUpdatedAt ? eq(users.updatedAt, ifUpdatedAt) : undefined

  return db.transaction(async (tx) => {
    const [account] = await tx
      .update(users)
      .set({ ...profileColumns(change), updatedAt: sql`now()` })
      .where(and(eq(users.id, id), isNull(users.anonymizedAt), unchanged))
      .returning(accountColumns)
    if (!account) return null

    const fields = Object.keys(change).join(' ')
    await recordActs(tx, {
      action: 'user.update-profile',
      outcome: 'SUCCESS',
      subjectId: id,
      by,
      detail: { fields },
    })
    if (fields !== '')
      await outbox.record(tx, profileUpdated, { userId: id, at: account.updatedAt.toISOString() })
    return account
  })
}
