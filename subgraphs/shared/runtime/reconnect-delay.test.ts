import { reconnectDelayMs } from './reconnect-delay.js'

test('13.6: calls again soon, and never later than after 5 s', () => {
  const delays = Array.from({ length: 100 }, (_, tries) => reconnectDelayMs(tries + 1))

  expect(delays[0]).toBeLessThanOrEqual(100)
  expect(Math.max(...delays)).toBeLessThanOrEqual(5000)
  expect(Math.min(...delays.slice(7))).toBeGreaterThanOrEqual(4000)
})

test('13.6: not everybody at once', () => {
  expect(new Set(Array.from({ length: 20 }, () => reconnectDelayMs(9))).size).toBeGreaterThan(1)
})
