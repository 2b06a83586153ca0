import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import type { ServiceUser } from './service-user.js'
import { type StopStep, stopProcess } from './stop-process.js'
import { createWatchdog } from './watchdog.js'

export type Child = {
  pid: number
  hasEnded(): boolean
  /** What it wrote to its log file, shortened, for the message of an error. */
  lastWords(): string
  stop(): Promise<void>
}

type ChildOptions = {
  command: string
  args: readonly string[]
  /** The whole environment: nothing of ours is inherited, so no `PG…` or `NODE_OPTIONS` reaches a service. */
  env: Record<string, string>
  cwd: string
  logFile: string
  stopSteps: readonly StopStep[]
  user?: ServiceUser | null
  pidFile?: string
}

const LAST_WORDS = 1500

/**
 * Runs a service in a session of its own, so that Ctrl-C in the terminal reaches us alone and we end it in order.
 * It never keeps our process alive, and it does not outlive us either.
 */
export async function createChild(options: ChildOptions): Promise<Child> {
  const output = openSync(options.logFile, 'w', 0o600)
  const { user, stopSteps } = options
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', output, output],
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
  closeSync(output)
  const failure = new Promise<never>((_, reject) => child.once('error', reject))
  if (child.pid === undefined) return failure
  failure.catch(() => undefined)

  const { pid } = child
  const watchdog = createWatchdog(pid, stopSteps)
  let ended = false
  child.once('exit', () => {
    ended = true
    watchdog.stop()
  })
  child.unref()
  if (options.pidFile) writeFileSync(options.pidFile, `${pid}\n`, { mode: 0o600 })

  const hasEnded = () => ended
  return {
    pid,
    hasEnded,
    lastWords: () => readFileSync(options.logFile, 'utf8').trim().slice(-LAST_WORDS),
    stop: () => stopProcess({ pid, steps: stopSteps, hasEnded }),
  }
}
