import type { Transaction } from '../../shared/events/outbox.js'
import { type Channel, FAREWELL } from '../domain/message.js'
import type { SuppressionReason } from '../domain/suppression.js'
import { type DigestOf, suppress } from './suppressions.js'

/** Of a message: whose it is, and where it went. */
export type Concerned = { userId: string | null; channel: Channel; recipient: string; template: string }

/** Keeps further messages from where one could not arrive. The last to somebody whose account is gone leaves nothing behind. */
export const stopsFor =
  (digestOf: DigestOf) =>
  async (tx: Transaction, { userId, channel, recipient, template }: Concerned, reason: SuppressionReason) => {
    if (template === FAREWELL) return
    await suppress(tx, { digest: digestOf({ channel, address: recipient }), reason, userId })
  }
