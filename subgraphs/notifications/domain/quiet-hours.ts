import type { QuietHours } from './preferences.js'

const DAY_MINUTES = 24 * 60
const MINUTE_MS = 60_000

/** Whether a text is a time of day. */
export const isTimeOfDay = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)

/** When a quiet time ends that it is now; null where it is none. UTC where the person's zone is unknown to this machine. */
export function quietUntil(now: Date, { from, to }: QuietHours, timeZone: string | null): Date | null {
  const localMinute = minuteIn(timeZone)
  const [start, end] = [minuteOf(from), minuteOf(to)]
  const minute = localMinute(now)
  const isQuiet = (at: number) => (start < end ? start <= at && at < end : at >= start || at < end)
  if (!isQuiet(minute)) return null

  const until = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS + wrapped(end - minute) * MINUTE_MS
  // Summer time may begin or end meanwhile; then the clock there shows another time than was counted.
  const off = wrapped(end - localMinute(new Date(until)) + DAY_MINUTES / 2) - DAY_MINUTES / 2
  const corrected = new Date(until + off * MINUTE_MS)
  // Where the clock skips the end, the minute that was meant is a quiet one before it.
  return isQuiet(localMinute(corrected)) ? new Date(until) : corrected
}

const wrapped = (minutes: number): number => (minutes + DAY_MINUTES) % DAY_MINUTES

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function minuteIn(timeZone: string | null): (at: Date) => number {
  const clock = clockIn(timeZone ?? 'UTC')
  return (at) => minuteOf(clock.format(at))
}

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const form = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' }) // RangeError: no such zone here
  }
}
