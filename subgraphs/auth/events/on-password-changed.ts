import { passwordChanged } from '../../shared/contracts/passwords.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { PasswordChange } from '../domain/password-change-ports.js'

/** What the call of the same name has done already, unless passwords died before it. */
export const onPasswordChanged = (change: (tx: Transaction, change: PasswordChange) => Promise<unknown>) =>
  onEvent(passwordChanged, async (given, tx) => {
    await change(tx, given)
  })
