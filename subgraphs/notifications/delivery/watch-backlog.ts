import type { Logger } from '../../shared/log/logger.js'
import { createRounds, type Rounds } from '../../shared/runtime/rounds.js'
import { CHANNELS } from '../domain/message.js'
import type { DeadLetterStore, DeliveryStore } from '../domain/ports.js'
import { deadLetters as deadLettersGauge, oldestDue } from './deliveries-count.js'

const EVERY_MS = 15_000

type Options = {
  deliveries: Pick<DeliveryStore, 'oldestDueSeconds'>
  deadLetters: Pick<DeadLetterStore, 'countWaiting'>
  log: Logger
}

/**
 * Shows what is left undone. Counts of what was done say nothing where nothing is done any more: no worker, no queue, a
 * provider that hangs.
 */
export const watchBacklog = ({ deliveries, deadLetters, log }: Options): Rounds =>
  createRounds({
    ...{ name: 'backlog', everyMs: EVERY_MS, pokeMs: EVERY_MS, log },
    async round() {
      const seconds = await deliveries.oldestDueSeconds()
      for (const channel of CHANNELS) oldestDue.set({ channel }, seconds[channel])
      deadLettersGauge.set(await deadLetters.countWaiting())
    },
  })
