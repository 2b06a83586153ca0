import type { MessageStatus } from './message.js'

/** What somebody who carries messages says became of one. */
export type Report = {
  messageId: string
  provider: string
  outcome: 'DELIVERED' | 'FAILED'
  providerMessageId: string | null
  /** A class of failure, never a provider's words. */
  error: string | null
}

/**
 * What a message may be when it is reported on. Reports come late, twice and out of order; none takes back a later one, and what
 * has arrived has arrived, also where the provider's answer to us was lost and it waits to be sent again. A failure is of a try
 * that was taken: it does not end a message that is to be tried again anyway.
 */
export const REPORTED_FROM: Record<Report['outcome'], readonly MessageStatus[]> = {
  DELIVERED: ['QUEUED', 'SENDING', 'SENT', 'FAILED', 'DEAD_LETTERED'],
  FAILED: ['SENDING', 'SENT'],
}
