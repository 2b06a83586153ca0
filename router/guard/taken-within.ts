import { RateLimiterRes } from 'rate-limiter-flexible'

/** What came of taking from a counter: how much is left, or how long to wait; null where nobody could count. */
export type Outcome = { kind: 'taken' | 'limited'; state: RateLimiterRes } | { kind: 'failed' }

/** Takes from a counter. A store that hangs is a store that failed. */
export async function takenWithin(work: Promise<RateLimiterRes>, ms: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'failed' }), ms)
  })
  try {
    return await Promise.race([taken(work), deadline])
  } finally {
    clearTimeout(timer)
  }
}

/** Takes from a counter of this process, which cannot hang. */
export function taken(work: Promise<RateLimiterRes>): Promise<Outcome> {
  return work.then(
    (state): Outcome => ({ kind: 'taken', state }),
    (refusal: unknown): Outcome =>
      refusal instanceof RateLimiterRes ? { kind: 'limited', state: refusal } : { kind: 'failed' },
  )
}

export const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1000))
