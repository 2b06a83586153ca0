import type { Logger } from '../shared/log/logger.js'
import { signInFailures } from '../shared/metrics/registry.js'
import { makeFailureAlarm } from './domain/failure-alarm.js'
import type { FailureStore } from './domain/failure-ports.js'
import { FAILURES_ALARMING } from './limits.js'

/** Counts failures where an operator sees them, and raises the alarm when there are too many. */
export function watchFailures(failures: FailureStore, log: Logger): FailureStore {
  const noteFailure = makeFailureAlarm({
    limit: FAILURES_ALARMING,
    now: () => performance.now(),
    alarm: (count) => log.error({ event: 'sign-in.failure-rate', failures: count }),
  })

  return {
    reserve: failures.reserve,
    giveBack: failures.giveBack,
    async fail(failure) {
      signInFailures.inc()
      noteFailure()
      await failures.fail(failure)
    },
  }
}
