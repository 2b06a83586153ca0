import { eq, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { userVerified } from '../../shared/contracts/users-verified.js'
import { outboxRow, type Transaction } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { AddressGrant, Verified } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { isFreeUsername } from './is-free-username.js'
import { isUniqueViolation } from './is-unique-violation.js'
import type { Spent } from './links.js'
import { isInvited } from './lock-addresses.js'
import { recordActs } from './record-act.js'
import { outbox, users } from './tables.js'
import { tellProved } from './tell-proved.js'

/** What was proved, and what that says of the account. */
type Proof = {
  kind: 'EMAIL' | 'PHONE'
  action: string
  fits: (account: { email: string | null; phoneNumber: string | null }) => boolean
  marks: Record<string, SQL>
  /** Whether it is all that the account waits for. */
  isEnough: (account: { email: string | null; verifiedAt: Date | null; isInvited: boolean }) => boolean
}

type Verification = { userId: string; proof: Proof; by: Actor }

/** Of whatever address the account has: a link goes with it, and so does the word of an administrator. */
export const EMAIL_PROOF: Proof = {
  kind: 'EMAIL',
  action: 'user.verify-email',
  fits: () => true,
  marks: { emailVerifiedAt: sql`coalesce(email_verified_at, now())` },
  isEnough: () => true,
}

/** Of the address that the code went to, and of no other: staff may have changed it since (SECURITY 9.4). */
export const emailProof = (grant: AddressGrant): Proof => ({
  ...EMAIL_PROOF,
  fits: ({ email }) => isFor(grant, email),
})

/** Of whatever number the account has, by the word of an administrator. */
export const NUMBER_PROOF: Proof = {
  kind: 'PHONE',
  action: 'user.verify-phone',
  fits: ({ phoneNumber }) => phoneNumber !== null,
  marks: { phoneNumberVerifiedAt: sql`coalesce(phone_number_verified_at, now())` },
  // An address that nobody has proved would be taken from whoever can. Who was invited by number alone chooses a password first.
  isEnough: ({ email, verifiedAt, isInvited: waits }) => verifiedAt !== null || (email === null && !waits),
}

export const phoneProof = (grant: AddressGrant): Proof => ({
  ...NUMBER_PROOF,
  fits: ({ phoneNumber }) => isFor(grant, phoneNumber),
})

/** What an invitation proves: the address that it went to or, where there is none, the number. */
export const invitationProof = (email: string | null): Proof =>
  email === null
    ? { ...NUMBER_PROOF, fits: (account) => account.email === null, isEnough: () => true }
    : EMAIL_PROOF

const isFor = ({ challengeId, addressDigest: digest }: AddressGrant, address: string | null): boolean =>
  address !== null && addressDigest(challengeId, address) === digest

/**
 * Spends a proof and verifies its account in one transaction. Where two people wanted one username, the first to
 * verify has it; the other is verified without (SECURITY 9.8).
 */
export async function verifyAccount(
  db: PostgresJsDatabase,
  spend: (tx: Transaction) => Promise<Spent>,
  { proof, by }: { proof: Proof; by: Actor },
): Promise<Verified> {
  const attempt = () =>
    db.transaction(async (tx): Promise<Verified> => {
      const spent = await spend(tx)
      if ('refused' in spent) return { kind: 'refused', reason: spent.refused }
      const verified = await verify(tx, { ...spent, proof, by })
      if (verified.kind === 'verified') await tellProved(tx, spent.userId, proof.kind)
      return verified
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

/** Verifies an account, its address or number having been proved, or vouched for by an administrator. */
export async function verify(tx: Transaction, { userId, proof, by }: Verification): Promise<Verified> {
  const [before] = await tx
    .select({
      wanted: users.wantedUsername,
      username: users.username,
      email: users.email,
      phoneNumber: users.phoneNumber,
      verifiedAt: users.verifiedAt,
      isInvited,
    })
    .from(users)
    .where(eq(users.id, userId))
    .for('update')
  // The account was replaced or deleted since the proof was made, or has another address or number.
  if (!before || !proof.fits(before)) return { kind: 'refused', reason: 'EXPIRED' }

  const free = isFreeUsername(before.wanted, userId)
  const isEnough = proof.isEnough(before)
  const [row] = await tx
    .update(users)
    .set({
      ...proof.marks,
      ...(isEnough && {
        status: sql`case when status = 'PENDING_VERIFICATION' then 'ACTIVE' else status end`,
        verifiedAt: sql`coalesce(verified_at, now())`,
        username: before.username ?? sql`case when ${free} then ${before.wanted}::text end`,
        wantedUsername: null,
      }),
      updatedAt: sql`now()`,
    })
    .where(eq(users.id, userId))
    .returning(accountColumns)
  if (!row) return { kind: 'refused', reason: 'EXPIRED' }

  await recordActs(tx, { action: proof.action, outcome: 'SUCCESS', subjectId: userId, by })
  if (isEnough && before.verifiedAt === null) {
    await tx.insert(outbox).values(outboxRow(userVerified, { userId }))
  }
  return {
    kind: 'verified',
    account: row,
    usernameTaken: isEnough && before.wanted !== null && row.username === null,
  }
}
