import { setTimeout as delay } from 'node:timers/promises'
import { hasCode } from './error-code.js'
import { isRunning } from './process-identity.js'

/** One way of asking a process to end, and how long it gets before the next, ruder one. */
export type StopStep = { signal: NodeJS.Signals; seconds: number }

export const STOP_POLITELY: readonly StopStep[] = [
  { signal: 'SIGTERM', seconds: 10 },
  { signal: 'SIGKILL', seconds: 5 },
]

const LOOK_EVERY_MS = 10

type Options = { pid: number; steps: readonly StopStep[]; hasEnded?: () => boolean }

/** Ends a process, our child or not, and comes back when it is gone. */
export async function stopProcess({ pid, steps, hasEnded = () => !isRunning(pid) }: Options): Promise<void> {
  for (const { signal, seconds } of steps) {
    if (hasEnded()) return
    sendSignal(pid, signal)
    if (await isTrueWithin(seconds * 1000, hasEnded)) return
  }
  throw new Error(`Process ${pid} does not end`)
}

type Condition = () => boolean | Promise<boolean>

export async function isTrueWithin(milliseconds: number, condition: Condition): Promise<boolean> {
  const until = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() > until) return false
    await delay(LOOK_EVERY_MS)
  }
  return true
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended between the look and the signal.
    if (!hasCode(error, 'ESRCH')) throw error
  }
}
