import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

type Launcher = { execPath: string; execArgv: string[] }

const CHRT = ['/usr/bin/chrt', '/bin/chrt']

/**
 * How to start a Node process under Linux's SCHED_IDLE, by the `chrt` of util-linux or busybox; null where that is not to be had.
 *
 * To the scheduler a core that runs nothing else is idle: what wakes goes there, instead of waiting behind, or before, another
 * request on a core that seems no busier (sched(7)). No priority, however low, does that.
 */
export function idleLauncher(): Launcher | null {
  const chrt = process.platform === 'linux' ? CHRT.find((path) => existsSync(path)) : undefined
  // Some sandboxes forbid it.
  const { status } = chrt ? spawnSync(chrt, ['-i', '0', '/bin/true'], { stdio: 'ignore', env: {} }) : {}
  return chrt && status === 0 ? { execPath: chrt, execArgv: ['-i', '0', process.execPath] } : null
}
