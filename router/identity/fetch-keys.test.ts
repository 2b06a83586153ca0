import { withCoolDown } from './fetch-keys.js'

const SERVES_MS = 300_000

/** Asks each second for `seconds`, and says at which ones somebody was asked. */
async function askedAt(seconds: number, comes: (second: number) => boolean): Promise<number[]> {
  let second = 0
  const asked: number[] = []
  const ask = withCoolDown(
    async () => {
      asked.push(second)
      if (!comes(second)) throw new Error('away')
    },
    { servesMs: SERVES_MS, now: () => second * 1000 },
  )
  for (; second < seconds; second++) await ask().catch(() => {})
  return asked
}

test('13.6: who is away, with nothing to serve meanwhile, is asked after 1, 2, 4 and then 10 s at most', async () => {
  expect(await askedAt(40, () => false)).toEqual([0, 1, 3, 7, 15, 25, 35])
})

test('while what came before serves, it is asked each half minute', async () => {
  expect(await askedAt(70, (second) => second === 0)).toEqual([0, 1, 31, 61])
})

test('4.2: when it serves no longer, more often again', async () => {
  const asked = await askedAt(330, (second) => second === 0)

  expect(asked.filter((second) => second >= 300)).toEqual([300, 310, 320])
})
