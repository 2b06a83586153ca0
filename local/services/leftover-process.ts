import { readFile, rm } from 'node:fs/promises'
import { isRunning, worksOn } from './process-identity.js'
import { type StopStep, stopProcess } from './stop-process.js'

type Leftover = {
  pidFile: string
  /** What the command line of the process names, so that a pid given out again is not mistaken for it. */
  folder: string
  stopSteps: readonly StopStep[]
  log: (line: string) => void
}

/**
 * Ends the service that an earlier, killed owner left running on this folder, and removes its pid file.
 *
 * Only for the holder of the folder's lock: without it the service found may be somebody's.
 */
export async function stopLeftover({ pidFile, folder, stopSteps, log }: Leftover): Promise<void> {
  const text = await readFile(pidFile, 'utf8').catch(() => null)
  if (text === null) return

  const pid = Number.parseInt(text, 10)
  if (pid > 1 && isRunning(pid) && worksOn(pid, folder)) {
    log(`Stopping process ${pid}, left running on ${folder} by an earlier start`)
    await stopProcess({ pid, steps: stopSteps })
  }
  await rm(pidFile, { force: true })
}
