import { setTimeout as delay } from 'node:timers/promises'
import type { Child } from './child-process.js'
import { findFreePort } from './free-port.js'
import { recallPort, rememberPort } from './kept-values.js'
import { isTrueWithin } from './stop-process.js'

const READY_WITHIN_MS = 60_000
const ATTEMPTS = 5

type Service = {
  name: string
  /** Keeps the port over restarts, so that an address noted down yesterday still holds. */
  portFile: string
  run(port: number): Promise<Child>
  isReady(child: Child): boolean
}

/**
 * Runs a service on a free port until it serves.
 *
 * Some reasons to end at once pass by themselves: the port was taken between our look and its own, or processes
 * of a killed server still hold its memory. So it gets several attempts, each on a port of its own.
 */
export async function runUntilReady(service: Service): Promise<{ child: Child; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const remembered = attempt === 1 ? await recallPort(service.portFile) : undefined
    const port = await findFreePort(remembered)
    const child = await service.run(port)
    if (await becomesReady(child, () => service.isReady(child))) {
      await rememberPort(service.portFile, port)
      return { child, port }
    }
    if (!child.hasEnded()) await child.stop()
    if (attempt === ATTEMPTS) throw new Error(`${service.name} does not start:\n${child.lastWords()}`)
    await delay(300)
  }
}

/** False when it ended instead, or took too long. */
export async function becomesReady(
  child: Child,
  isReady: () => boolean | Promise<boolean>,
): Promise<boolean> {
  await isTrueWithin(READY_WITHIN_MS, async () => child.hasEnded() || (await isReady()))
  return !child.hasEnded() && (await isReady())
}
