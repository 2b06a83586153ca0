import { addressProved } from '../../shared/contracts/users-proofs.js'
import { outboxRow, type Transaction } from '../../shared/events/outbox.js'
import { outbox } from './tables.js'

/** Tells that something arrived where it was sent; in the transaction that spends its proof. */
export async function tellProved(tx: Transaction, userId: string, kind: 'EMAIL' | 'PHONE'): Promise<void> {
  const channel = kind === 'EMAIL' ? 'EMAIL' : 'SMS'
  const row = outboxRow(addressProved, { userId, channel, at: new Date().toISOString() })
  await tx.insert(outbox).values(row)
}
