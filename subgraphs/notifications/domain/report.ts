import type { MessageStatus } from './message.js'
import type { SuppressionReason } from './suppression.js'

type Outcome = 'DELIVERED' | 'FAILED' | 'BOUNCED' | 'COMPLAINED'

/** What somebody who carries messages says became of one. */
export type Report = {
  messageId: string
  provider: string
  outcome: Outcome
  providerMessageId: string | null
  /** A class of failure, never a provider's words. */
  error: string | null
  /** What it says of the address itself: by that nothing more goes there, or less. */
  stops: SuppressionReason | null
}

/** What is said of a mailbox, and of no message of ours that is known. */
export type AddressReport = {
  /** By which it is known when it comes again: a UUID. */
  id: string
  provider: string
  email: string
  outcome: Outcome
  stops: SuppressionReason
  at: Date
}

/**
 * What a message may be when it is reported on. Reports come late, twice and out of order; none takes back a later one, and what
 * has arrived has arrived, also where the provider's answer to us was lost and it waits to be sent again. A failure is of a try
 * that was taken: it does not end a message that is to be tried again anyway.
 */
export const REPORTED_FROM: Record<Outcome, readonly MessageStatus[]> = {
  DELIVERED: ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'DEAD_LETTERED'],
  FAILED: ['SENDING', 'SENT'],
  BOUNCED: ['SENDING', 'SENT'],
  COMPLAINED: ['SENDING', 'SENT', 'DELIVERED', 'BOUNCED'],
}
