import { mfaChanged } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { FactorChange } from '../domain/access-ports.js'

/** What the call `factorsChanged` has done already, unless otp died before it. */
export const onMfaChanged = (change: (tx: Transaction, change: FactorChange) => Promise<void>) =>
  onEvent(mfaChanged, ({ userId, version }, tx) => change(tx, { userId, version }))
