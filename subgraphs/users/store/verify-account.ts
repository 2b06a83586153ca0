import { eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { Verified } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { isFreeUsername } from './is-free-username.js'
import { isUniqueViolation } from './is-unique-violation.js'
import type { Spent } from './links.js'
import { recordActs } from './record-act.js'
import { spentGrants, users } from './tables.js'

/**
 * Spends a proof and verifies its account in one transaction. Where two people wanted one username, the first to
 * verify has it; the other is verified without (SECURITY 9.8).
 */
export async function verifyAccount(
  db: PostgresJsDatabase,
  spend: (tx: Transaction) => Promise<Spent>,
  by: Actor,
): Promise<Verified> {
  const attempt = () =>
    db.transaction(async (tx): Promise<Verified> => {
      const spent = await spend(tx)
      if ('refused' in spent) return { kind: 'refused', reason: spent.refused }
      return verify(tx, spent.userId, by)
    })

  return retryOnce(attempt)
}

/** Someone may claim the username between our look and our write. The second try sees that. */
export async function retryOnce<Outcome>(attempt: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await attempt()
  } catch (error) {
    if (isUniqueViolation(error)) return attempt()
    throw error
  }
}

/** Spends a grant: of many racing callers one inserts its `jti`. */
export async function spendGrant(
  tx: Transaction,
  { userId, jti, expiresAt }: { userId: string; jti: string; expiresAt: Date },
): Promise<Spent> {
  const spent = await tx.insert(spentGrants).values({ jti, expiresAt }).onConflictDoNothing().returning()
  return spent.length === 1 ? { userId } : { refused: 'ALREADY_USED' }
}

/** Verifies an account, its address having been proved, or vouched for by an administrator. */
export async function verify(tx: Transaction, userId: string, by: Actor): Promise<Verified> {
  const [before] = await tx
    .select({ wanted: users.wantedUsername, username: users.username })
    .from(users)
    .where(eq(users.id, userId))
    .for('update')
  // The account was replaced or deleted since the proof was made.
  if (!before) return { kind: 'refused', reason: 'EXPIRED' }

  const free = isFreeUsername(before.wanted, userId)
  const [row] = await tx
    .update(users)
    .set({
      status: sql`case when status = 'PENDING_VERIFICATION' then 'ACTIVE' else status end`,
      emailVerifiedAt: sql`coalesce(email_verified_at, now())`,
      verifiedAt: sql`coalesce(verified_at, now())`,
      username: before.username ?? sql`case when ${free} then ${before.wanted}::text end`,
      wantedUsername: null,
      updatedAt: sql`now()`,
    })
    .where(eq(users.id, userId))
    .returning(accountColumns)
  if (!row) return { kind: 'refused', reason: 'EXPIRED' }

  await recordActs(tx, { action: 'user.verify-email', outcome: 'SUCCESS', subjectId: userId, by })
  return { kind: 'verified', account: row, usernameTaken: before.wanted !== null && row.username === null }
}
