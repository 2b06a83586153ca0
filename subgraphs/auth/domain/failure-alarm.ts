type Deps = {
  limit: { max: number; windowMs: number }
  now: () => number
  /** Told once in a window, however many failures follow. */
  alarm: (failures: number) => void
}

/**
 * Notices that more sign-ins fail than on any usual day: passwords tried across many accounts and networks stay below
 * the limits of each (SECURITY 7.2).
 */
export function makeFailureAlarm({ limit, now, alarm }: Deps) {
  let windowStartedAt = Number.NEGATIVE_INFINITY
  let failures = 0

  return function noteFailure(): void {
    if (now() - windowStartedAt >= limit.windowMs) {
      windowStartedAt = now()
      failures = 0
    }
    failures += 1
    if (failures === limit.max + 1) alarm(failures)
  }
}
