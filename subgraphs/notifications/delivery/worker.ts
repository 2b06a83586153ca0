import * as z from 'zod'
import type { Logger } from '../../shared/log/logger.js'
import type { Queues } from '../../shared/queue/queues.js'
import type { Delivered } from '../domain/deliver-message.js'
import { QUEUE_OF } from './channel-queues.js'
import { deliveriesCount, deliveryLag, segmentsCount } from './deliveries-count.js'

type Options = {
  queues: Queues
  deliver: (messageId: string) => Promise<Delivered | null>
  log: Logger
}

const Delivery = z.object({ id: z.string() })

/** Works off the queue of each channel. */
export function workDeliveries({ queues, deliver, log }: Options): void {
  for (const name of Object.values(QUEUE_OF)) {
    queues.work(name, async ({ data }) => {
      const startedAt = performance.now()
      const delivered = await deliver(Delivery.parse(data).id)
      if (delivered) report(delivered, { seconds: (performance.now() - startedAt) / 1000, log })
    })
  }
}

const EVENTS = {
  sent: { level: 'info', event: 'message.sent' },
  retry: { level: 'warn', event: 'message.deferred' },
  dropped: { level: 'warn', event: 'message.dropped' },
  bounced: { level: 'warn', event: 'message.bounced' },
  suppressed: { level: 'info', event: 'message.suppressed' },
  /** The alarm: someone has to look at this one. */
  dead: { level: 'error', event: 'message.dead-lettered' },
} as const

/** Ids and a class of failure are all that is said of a message. */
function report(
  { message, provider, outcome, recorded }: Delivered,
  { seconds, log }: { seconds: number; log: Logger },
): void {
  const { level, event } = EVENTS[outcome.kind]
  const { id: messageId, kind, tries, waitedSeconds } = message
  const error = 'error' in outcome ? { error: outcome.error } : {}

  deliveriesCount.inc({ kind, provider, outcome: outcome.kind })
  if (outcome.kind === 'sent') deliveryLag.observe({ kind, provider }, waitedSeconds + seconds)
  if (outcome.kind === 'sent' && outcome.segments) segmentsCount.inc({ kind }, outcome.segments)
  log[level]({ event, messageId, kind, provider, tries, ...error })
  if (!recorded) log.warn({ event: 'message.lease-lost', messageId })
}
