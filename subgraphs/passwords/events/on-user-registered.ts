import { userRegistered } from '../../shared/contracts/users.js'
import { registeredByPhone } from '../../shared/contracts/users-numbers.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { Logger } from '../../shared/log/logger.js'

type Registered = { userId: string; replacedUserId: string | null }
type Claim = (tx: Transaction, registered: Registered) => Promise<boolean>

/** The account was made: from now on its credential counts, and that of the account it replaced is gone. */
export function onUserRegistered(claim: Claim, log: Pick<Logger, 'warn'>) {
  const keep = async ({ userId, replacedUserId }: Registered, tx: Transaction) => {
    const claimed = await claim(tx, { userId, replacedUserId })
    // Harmless where a still newer registration was heard of first; else its owner must reset the password.
    if (!claimed) log.warn({ event: 'credential.missing', userId })
  }
  return [onEvent(userRegistered, keep), onEvent(registeredByPhone, keep)]
}
