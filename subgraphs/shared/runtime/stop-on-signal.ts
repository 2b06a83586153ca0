import type { Logger } from '../log/logger.js'

/** How long the work of one process may take to end. Whoever runs others gives them that time, and itself some more. */
export const DRAIN_MS = 20_000
/** With its parent an orphan lost what it stands on; there is little to finish. */
const ORPHAN_DRAIN_MS = 2000

/**
 * Ends a process in order: on a signal it stops taking work and finishes what it has (SECURITY 13.7); on a
 * rejection nobody handled it does the same and says that it failed (13.10).
 */
export function stopOnSignal(log: Logger, stop: () => Promise<void>, longestMs = DRAIN_MS): void {
  let stopping = false

  const end = (code: number, drainMs = longestMs) => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), drainMs).unref()
    stop().then(
      () => process.exit(code),
      (err: unknown) => {
        log.error({ event: 'stop.failed', err })
        process.exit(1)
      },
    )
  }

  process.on('SIGINT', () => end(0))
  process.on('SIGTERM', () => end(0))
  // A process whose parent is gone would be an orphan that holds ports: it ends with the channel to its parent.
  process.on('disconnect', () => end(0, ORPHAN_DRAIN_MS))
  // Its parent may have gone while it started, when nobody listened yet.
  if (process.connected === false) end(0, ORPHAN_DRAIN_MS)
  process.on('unhandledRejection', (err) => {
    log.fatal({ event: 'rejection.unhandled', err })
    end(1)
  })
  process.on('uncaughtException', (err) => {
    log.fatal({ event: 'exception.uncaught', err })
    end(1)
  })
}
