import { mfaChanged } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { Transaction } from '../../shared/events/outbox.js'

/** Devices that were trusted were so because of the factor that there was. */
export const onMfaChanged = (distrust: (tx: Transaction, userId: string) => Promise<void>) =>
  onEvent(mfaChanged, ({ userId }, tx) => distrust(tx, userId))
