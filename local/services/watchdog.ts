import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import type { StopStep } from './stop-process.js'

/**
 * Waits at the end of a pipe that only our process holds. `kill -9` gives us no chance to clean up, but it closes
 * the pipe, and the shell then does what we would have done. A shell, because it costs 1 MB where Node costs 40.
 */
const SCRIPT = `
pid=$1; shift
read -r line
while [ $# -gt 0 ]; do
  kill -s "$1" "$pid" 2>/dev/null || exit 0
  left=$2; shift 2
  while [ "$left" -gt 0 ]; do
    sleep 1
    kill -s 0 "$pid" 2>/dev/null || exit 0
    left=$((left - 1))
  done
done
`

export type Watchdog = { stop(): void }

/** Ends the process `pid` should ours end first. Must be stopped as soon as `pid` is gone: the number is used again. */
export function createWatchdog(pid: number, steps: readonly StopStep[]): Watchdog {
  const words = steps.flatMap(({ signal, seconds }) => [signal.replace(/^SIG/, ''), String(seconds)])
  const shell = spawn('sh', ['-c', SCRIPT, 'watchdog', String(pid), ...words], {
    // Its own session: Ctrl-C in the terminal must not end the one who is there for the end.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell there is no watchdog; the next start still finds what was left running.
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  // A child's stdin is a socket at run time; the types know only the stream.
  ;(shell.stdin as unknown as Socket).unref()

  return { stop: () => void shell.kill('SIGKILL') }
}
