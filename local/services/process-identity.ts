import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * When a process started, as text to compare, or null when it is gone.
 *
 * A pid alone proves nothing, for the system gives it out again; pid and start time together name one process.
 */
export function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid)
}

export function isRunning(pid: number): boolean {
  return startTimeOf(pid) !== null
}

/** Whether that process was started on this folder: named in its command line, or where it stands. */
export function worksOn(pid: number, folder: string): boolean {
  return commandLineOf(pid).includes(folder) || workingFolderOf(pid) === folder
}

function startTimeFromProc(pid: number): string | null {
  const stat = orNull(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  if (stat === null) return null

  // The second field is the program's name in brackets, and may hold spaces and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended; in a container whose first process reaps nobody it stays in the list.
  if (fields[0] === 'Z') return null
  const boot = orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  return `${boot ?? ''}:${fields[19]}`
}

function startTimeFromPs(pid: number): string | null {
  const line = ps(pid, 'stat=,lstart=')
  return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
}

/** Readable for processes of other users too, where the working folder is not. */
function commandLineOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command=')
  return orNull(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? ''
}

function workingFolderOf(pid: number): string | null {
  return orNull(() => readlinkSync(`/proc/${pid}/cwd`))
}

function ps(pid: number, columns: string): string {
  const print = () => execFileSync('ps', ['-ww', '-o', columns, '-p', String(pid)], { encoding: 'utf8' })
  return orNull(print)?.trim() ?? ''
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
