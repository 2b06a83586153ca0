import { mfaChanged } from '../../shared/contracts/otp.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { FactorChange } from '../domain/access-ports.js'

/** What the call `factorsChanged` has done already, unless otp died before it. */
export const onMfaChanged = (change: (tx: Transaction, change: FactorChange) => Promise<void>) =>
  onEvent(mfaChanged, ({ userId, version }, tx) => change(tx, { userId, version }))
