import { execFileSync } from 'node:child_process'
import { type Stats, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The account a service runs under when ours is root, which PostgreSQL refuses to run as. */
export type ServiceUser = { uid: number; gid: number }

const ACCOUNTS = ['postgres', 'nobody']

export const isRoot = process.getuid?.() === 0

/** Null when the service may run as ourselves. */
export function chooseServiceUser(): ServiceUser | null {
  if (!isRoot) return null
  for (const account of ACCOUNTS) {
    const uid = idOf(account, '-u')
    const gid = idOf(account, '-g')
    if (uid && gid) return { uid, gid }
  }
  throw new Error(
    `PostgreSQL does not run as root, and this system has no user named ${ACCOUNTS.join(' or ')} to run it as. ` +
      'Start as another user, or set DATABASE_URL.',
  )
}

/** Whether that user can walk down to the path, read it, and run or enter it. */
export function canReach(path: string, user: ServiceUser): boolean {
  return permits(path, user, 5) && canPassThrough(dirname(path), user)
}

export function canPassThrough(folder: string, user: ServiceUser): boolean {
  const full = resolve(folder)
  return [full, ...ancestorsOf(full)].every((path) => permits(path, user, 1))
}

/** Permission bits only, read as `rwx` of one digit; access lists are not looked at. */
function permits(path: string, user: ServiceUser, bits: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return false
  return ((stats.mode >> digitFor(stats, user)) & bits) === bits
}

function digitFor(stats: Stats, user: ServiceUser): number {
  if (stats.uid === user.uid) return 6
  return stats.gid === user.gid ? 3 : 0
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [] : [parent, ...ancestorsOf(parent)]
}

function idOf(account: string, option: string): number | null {
  try {
    return Number.parseInt(execFileSync('id', [option, account], { encoding: 'utf8', stdio: 'pipe' }), 10)
  } catch {
    return null
  }
}
