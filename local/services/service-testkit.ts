import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { isRoot, type ServiceUser } from './service-user.js'

/** Any account that is not root: the one most systems have. */
const NOBODY: ServiceUser = { uid: 65_534, gid: 65_534 }

export const ordinaryUser = isRoot ? NOBODY : null

type Service = 'postgres' | 'redis' | 'inbox'

/** A process of its own that starts a service, so that a test can kill it. */
export type Owner = {
  process: ChildProcess
  started: { url: string; error?: string }
  end(signal: NodeJS.Signals): Promise<void>
}

const SCRIPT = `
const [service, starter, options] = JSON.parse(process.argv[1])
const module = await import(service)
const log = () => undefined
const started = await module[starter]({ ...options, log }).catch((error) => ({ error: error.message }))
console.log(JSON.stringify(started))
const keepAlive = setInterval(() => undefined, 1000)
process.on('SIGTERM', async () => {
  await started.stop()
  clearInterval(keepAlive)
})
`

const STARTERS = { postgres: 'startPostgres', redis: 'startRedis', inbox: 'startInbox' }

type OwnerOptions = { service: Service; options: object; user?: ServiceUser | null }

export async function spawnOwner({ service, options, user }: OwnerOptions): Promise<Owner> {
  const asked = JSON.stringify([join(import.meta.dirname, `${service}.js`), STARTERS[service], options])
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT, asked], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    env: {},
    ...(user ?? {}),
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const end = async (signal: NodeJS.Signals) => {
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }
  return { process: child, started: JSON.parse(String(line)), end }
}

/** What a test must undo, undone in reverse. */
export function createCleanups() {
  const cleanups: (() => unknown)[] = []
  return {
    add: (cleanup: () => unknown) => void cleanups.push(cleanup),
    async run() {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
    },
  }
}

/**
 * As when the machine's memory ran out and took more than the owner. Only ever a child of that owner: other shells
 * of the machine are none of our business.
 */
export function killWatchdogOf(owner: Owner, pid: number): void {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const processes = lines.map((line) => ({ line, ids: line.trim().split(/\s+/, 2).map(Number) }))
  const watchdog = processes.find(
    ({ line, ids }) => ids[1] === owner.process.pid && line.includes(`watchdog ${pid} `),
  )
  if (!watchdog?.ids[0]) throw new Error(`No watchdog of process ${pid}`)
  process.kill(watchdog.ids[0], 'SIGKILL')
}

/** A folder that goes at the end of the test, owned by that user, and passable unless said otherwise. */
export async function makeScratch({ user, mode = 0o711 }: { user?: ServiceUser | null; mode?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-services-'))
  chmodSync(folder, mode)
  if (user) chownSync(folder, user.uid, user.gid)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
