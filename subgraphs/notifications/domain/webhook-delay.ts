/** So long an endpoint may be away before a delivery to it is given up on. */
export const GIVE_UP_AFTER_HOURS = 72
/** Counted when a delivery is taken up, so that one which kills its worker is not tried for ever. */
export const MAX_WEBHOOK_TRIES = 20

const FIRST_MS = 5000
const FACTOR = 4
const LONGEST_MS = 12 * 3_600_000
const JITTER = 0.2

type Wait = {
  /** How many tries have failed. */
  tries: number
  retryAfterSeconds?: number
  secondsLeft: number
  random: () => number
}

/**
 * How long to wait after a try that failed: 5 s, 20 s, 80 s … then 12 h, give or take a fifth, and never past the end:
 * there it is tried for the last time.
 */
export function webhookDelayMs({ tries, retryAfterSeconds = 0, secondsLeft, random }: Wait): number {
  const delay = Math.min(FIRST_MS * FACTOR ** (Math.max(1, tries) - 1), LONGEST_MS)
  const jittered = delay * (1 - JITTER + 2 * JITTER * random())
  const asked = Math.min(retryAfterSeconds * 1000, LONGEST_MS)
  return Math.round(Math.min(Math.max(jittered, asked), secondsLeft * 1000))
}
