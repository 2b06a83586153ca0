const FIRST_MS = 50
const MOST_MS = 5000
const JITTER = 0.2

/** How long to wait before Redis is called again: soon at first, never longer than 5 s, and not all at once (SECURITY 13.6). */
export const reconnectDelayMs = (tries: number): number =>
  Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(tries, 7)) * (1 - JITTER * Math.random())
