import type postgres from 'postgres'
import type { Logger } from '../log/logger.js'

/** How far the clock of a process may be from the database's. */
const MAX_OFF_MS = 5000

type Parts = {
  client: postgres.Sql
  now: () => number
  log: Pick<Logger, 'error'> | undefined
}

/**
 * The database's time, where it answers and the clock here agrees with it (SECURITY 13.9); else null. What a process
 * decides by its own clock, such as whether a token has expired, would be wrong.
 */
export const makeReadyAt = ({ client, now, log }: Parts) => {
  const ask = () =>
    client<{ at: number }[]>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`

  return async (): Promise<number | null> => {
    const from = now()
    const [row] = await ask().catch(() => []) // it does not answer, which is the answer
    if (!row) return null
    const offMs = millisecondsOff(row.at, { from, to: now() })
    if (isNear(offMs)) return row.at
    log?.error({ event: 'clock.off', milliseconds: Math.round(offMs) })
    return null
  }
}

/** Whether a clock that was asked between two moments here agrees with the one here. */
export const clocksAgree = (told: number, between: { from: number; to: number }): boolean =>
  isNear(millisecondsOff(told, between))

const isNear = (offMs: number): boolean => Math.abs(offMs) <= MAX_OFF_MS

/** How far ahead the clock here is at least. How long the answer took is held against neither: it was told at any moment of that. */
function millisecondsOff(told: number, { from, to }: { from: number; to: number }): number {
  if (told < from) return from - told
  return told > to ? to - told : 0
}
