import { setTimeout as pause } from 'node:timers/promises'
import type { DeliveryStore } from '../domain/ports.js'

const TRIES = 20
const PAUSE_MS = 3000

/**
 * Records a delivery through a failure of the database.
 *
 * A message the server has taken must not be sent again because its row could not be written: only the end of this
 * process may cause a second copy (SECURITY 11.2). It gives up before the lease ends, when another may send it.
 */
export function recordFirmly(
  record: DeliveryStore['record'],
  pauseMs: number = PAUSE_MS,
): DeliveryStore['record'] {
  return async (message, provider, outcome) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await record(message, provider, outcome)
      } catch (error) {
        if (outcome.kind !== 'sent' || tries === TRIES) throw error
        await pause(pauseMs)
      }
    }
  }
}
