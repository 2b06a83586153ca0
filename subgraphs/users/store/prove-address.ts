import { eq } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { takeEvent } from '../../shared/events/take-event.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { AddressProof } from '../domain/ports.js'
import { inbox, users } from './tables.js'
import { tellProved } from './tell-proved.js'
import { EMAIL_PROOF, retryOnce, verify } from './verify-account.js'

/** By the id of the event that tells the same: whichever comes first acts. */
export const proveAddressOnce = (db: PostgresJsDatabase, proof: AddressProof, by: Actor): Promise<void> =>
  retryOnce(() =>
    db.transaction(async (tx) => {
      if (await takeEvent(tx, inbox, proof.proofId)) await proveAddress(tx, proof, by)
    }),
  )

/** The address that was proved may be another one meanwhile: then nothing happens. One that was proved before is told of again. */
export async function proveAddress(
  tx: Transaction,
  { proofId, userId, address }: AddressProof,
  by: Actor,
): Promise<void> {
  const [account] = await tx
    .select({ email: users.email, emailVerifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, userId))
    .for('update')
  if (!account?.email || addressDigest(proofId, account.email) !== address) return
  await tellProved(tx, userId, 'EMAIL')
  if (!account.emailVerifiedAt) await verify(tx, { userId, proof: EMAIL_PROOF, by })
}
