import { GIVE_UP_AFTER_HOURS, webhookDelayMs } from './webhook-delay.js'

const HOUR_MS = 3_600_000
const inMiddle = () => 0.5

/** When each try is made, in hours, if all fail. */
function triesOf(random: () => number): number[] {
  const at = [0]
  for (;;) {
    const now = at.at(-1) ?? 0
    const secondsLeft = GIVE_UP_AFTER_HOURS * 3600 - now * 3600
    if (secondsLeft <= 0) return at
    at.push(now + webhookDelayMs({ tries: at.length, secondsLeft, random }) / HOUR_MS)
  }
}

test('11.3: gaps grow from 5 s to 12 h, and the last try is after 72 h', () => {
  const tries = triesOf(inMiddle)

  expect(tries.slice(1, 5).map((hours) => Math.round(hours * 3600))).toEqual([5, 25, 105, 425])
  expect(tries.at(-1)).toBeCloseTo(72)
  expect(tries).toHaveLength(14)
})

test('11.3: jitter spreads what failed at once by a fifth', () => {
  const delayOf = (random: number) => webhookDelayMs({ tries: 1, secondsLeft: 1000, random: () => random })

  expect([delayOf(0), delayOf(0.5), delayOf(1)]).toEqual([4000, 5000, 6000])
})

test('11.3: what an endpoint asks for is kept to, within reason', () => {
  const wait = { tries: 1, secondsLeft: 72 * 3600, random: inMiddle }

  expect(webhookDelayMs({ ...wait, retryAfterSeconds: 90 })).toBe(90_000)
  expect(webhookDelayMs({ ...wait, retryAfterSeconds: 1 })).toBe(5000)
  expect(webhookDelayMs({ ...wait, retryAfterSeconds: 999_999_999 })).toBe(12 * HOUR_MS)
})
