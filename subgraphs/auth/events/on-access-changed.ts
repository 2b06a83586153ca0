import { accessChanged } from '../../shared/contracts/users.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { AccessChange } from '../domain/access-ports.js'

/** What the call of the same name has done already, unless users died before it. */
export const onAccessChanged = (change: (tx: Transaction, change: AccessChange) => Promise<void>) =>
  onEvent(accessChanged, (given, tx) => change(tx, given))
