import { ownNumberChanged } from '../../shared/contracts/users-numbers.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { KnownChange } from '../domain/addressee.js'
import type { FactorNumber } from '../domain/factor-ports.js'

type Deps = {
  findChange: (changeId: string) => Promise<KnownChange | null>
  keptOf: (number: string) => FactorNumber
  follow: (tx: Transaction, userId: string, number: FactorNumber) => Promise<void>
}

/**
 * Texts as second factor follow their owner to another number, and leave the old one. Told when the change is in force, not
 * seen when its code is spent: a change may never be confirmed.
 */
export const onOwnNumberChanged = ({ findChange, keptOf, follow }: Deps) =>
  onEvent(ownNumberChanged, async ({ userId, changeId }, tx) => {
    const change = await findChange(changeId)
    if (change?.userId === userId) await follow(tx, userId, keptOf(change.newValue))
  })
