import { registrationDropped } from '../../shared/contracts/users.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'

/** The account is gone, so its credential goes. */
export const onRegistrationDropped = (remove: (tx: Transaction, userId: string) => Promise<unknown>) =>
  onEvent(registrationDropped, async ({ userId }, tx) => {
    await remove(tx, userId)
  })
