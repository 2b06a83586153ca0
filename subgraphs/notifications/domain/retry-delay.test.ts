import { MAX_TRIES, retryDelayMs } from './retry-delay.js'

const TRIES = Array.from({ length: MAX_TRIES - 1 }, (_, index) => index + 1)

test('waits longer after every try, whatever the jitter', () => {
  for (const tries of TRIES.slice(1)) {
    const longestBefore = retryDelayMs(tries - 1, () => 1)

    expect(retryDelayMs(tries, () => 0)).toBeGreaterThan(longestBefore)
  }
})

test('tries a code of 5 minutes five times', () => {
  const gaps = TRIES.map((tries) => retryDelayMs(tries, () => 0.5))

  expect(gaps.slice(0, 4)).toEqual([5000, 15_000, 45_000, 135_000])
})

test('spreads messages that failed together', () => {
  const delays = new Set(Array.from({ length: 50 }, (_, index) => retryDelayMs(1, () => index / 50)))

  expect(delays.size).toBe(50)
})
