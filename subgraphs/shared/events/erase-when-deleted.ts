import { partErased } from '../contracts/erasure.js'
import type { SubgraphName } from '../contracts/subgraph-names.js'
import { userDeleted } from '../contracts/users.js'
import type { Outbox, Transaction } from './outbox.js'
import { onEvent } from './subscription.js'

type Deleted = { userId: string; sealedContact: string | null }

/** Erases what is held of a person, in whatever tables, and says how many records it was. Twice is no error. */
export type Erase = (tx: Transaction, deleted: Deleted, eventId: string) => Promise<number>

/** What every subgraph does when an account is gone: it erases its part, and sends the receipt in the same transaction. */
export const eraseWhenDeleted = (subgraph: SubgraphName, erase: Erase, outbox: Outbox) =>
  onEvent(userDeleted, async ({ userId, round, sealedContact }, tx, eventId) => {
    const records = await erase(tx, { userId, sealedContact }, eventId)
    await outbox.record(tx, partErased, { userId, subgraph, round, records })
  })
