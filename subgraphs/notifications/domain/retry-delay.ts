export const MAX_TRIES = 8
/** No provider is waited for longer than this, whatever it asks for. */
export const MAX_WAIT_MS = 3_600_000

const FIRST_MS = 5000
const FACTOR = 3
const JITTER = 0.2

/**
 * How long to wait after a try that failed: 5 s, 15 s, 45 s … 61 min, give or take a fifth.
 *
 * A code that lives 5 min gets five tries, and a link outlives a provider that is away for an hour and a half. The
 * jitter is smaller than the growth, so that gaps always grow, and large enough to spread a burst that failed at once.
 */
export function retryDelayMs(tries: number, random: () => number): number {
  const delay = FIRST_MS * FACTOR ** (Math.max(1, tries) - 1)
  return Math.round(delay * (1 - JITTER + 2 * JITTER * random()))
}
