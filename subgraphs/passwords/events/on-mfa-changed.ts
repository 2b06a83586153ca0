import { mfaChanged } from '../../shared/contracts/otp.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'

/** Staff took the factors away, or the password became a short one at that very moment: its owner chooses a longer one. */
export const onMfaChanged = (requireLonger: (tx: Transaction, userId: string) => Promise<void>) =>
  onEvent(mfaChanged, async ({ userId, factorsLeft }, tx) => {
    if (!factorsLeft) await requireLonger(tx, userId)
  })
