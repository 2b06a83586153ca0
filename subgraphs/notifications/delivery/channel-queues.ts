import type { Logger } from '../../shared/log/logger.js'
import type { Queues } from '../../shared/queue/queues.js'
import type { Rounds } from '../../shared/runtime/rounds.js'
import { CHANNELS, type Channel } from '../domain/message.js'
import type { DeliveryStore } from '../domain/ports.js'
import { createDispatcher } from './dispatcher.js'

/**
 * A queue for each channel, with workers of its own: who hangs on one holds up nothing on the other.
 *
 * Mails keep the one that was everybody's before. What an older process puts there beside us, or has left, is worked off by
 * whoever takes it, texts as well: the row says how it goes.
 */
export const QUEUE_OF: Record<Channel, string> = { EMAIL: 'deliveries', SMS: 'texts' }

type Options = {
  deliveries: Pick<DeliveryStore, 'takeDue' | 'giveBack'>
  queues: Pick<Queues, 'queue'>
  messageUuid: (id: string) => string
  log: Logger
}

/** Hands over what is due on each channel, and knows of each how much its queue has left to do. */
export function createDispatchers({ deliveries, queues, messageUuid, log }: Options): Rounds {
  const dispatchers = CHANNELS.map((channel) =>
    createDispatcher({
      ...{ name: QUEUE_OF[channel], queue: queues.queue(QUEUE_OF[channel]), messageUuid, log },
      deliveries: {
        takeDue: (limit, which) => deliveries.takeDue(channel, limit, which),
        giveBack: deliveries.giveBack,
      },
    }),
  )

  return {
    start: () => {
      for (const { start } of dispatchers) start()
    },
    poke: () => {
      for (const { poke } of dispatchers) poke()
    },
    stop: async () => {
      await Promise.all(dispatchers.map(({ stop }) => stop()))
    },
  }
}
