import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isRoot } from './service-user.js'

/** `env` is the whole environment the command wants. */
export type RedisBinary = { command: string; env: Record<string, string> }

type Log = (line: string) => void
type Options = { cacheDir: string; allowDownload: boolean; log?: Log }

const PROGRAMS = ['redis-server', 'valkey-server']

/**
 * A Redis to run: the system's, else the copy in `cacheDir`, else (where allowed, on Debian and its kin) a copy
 * brought there without installing anything. Null, with the reason logged, when there is none: Redis makes things
 * faster and is never needed.
 */
export async function findRedisBinary(options: Options): Promise<RedisBinary | null> {
  const { cacheDir, allowDownload, log = () => undefined } = options
  const root = join(cacheDir, 'redis-server')
  const found = (await findOnPath()) ?? (await findInCopy(root))
  if (found || !allowDownload) return found

  try {
    await bringCopy(root)
    const brought = await findInCopy(root)
    if (!brought) log('The downloaded Redis does not run here')
    return brought
  } catch (error) {
    log(`Redis could not be downloaded: ${reasonOf(error)}`)
    return null
  }
}

async function findOnPath(): Promise<RedisBinary | null> {
  const question = PROGRAMS.map((program) => `command -v ${program}`).join(' || ')
  const command = await run('sh', ['-c', question], { seconds: 5 }).catch(() => '')
  return command === '' ? null : { command, env: {} }
}

async function findInCopy(root: string): Promise<RedisBinary | null> {
  const command = PROGRAMS.map((program) => join(root, 'usr/bin', program)).find((file) => existsSync(file))
  if (!command) return null

  const env = { LD_LIBRARY_PATH: (await libraryFolders(root)).join(':') }
  const runs = await run(command, ['--version'], { seconds: 5, env }).catch(() => null)
  return runs === null ? null : { command, env }
}

/** `usr/lib/<architecture>-linux-gnu`, without having to know the architecture's name there. */
async function libraryFolders(root: string): Promise<string[]> {
  const folders = ['lib', 'usr/lib'].map((path) => join(root, path))
  const inside = folders.map(async (folder) => {
    const names = await readdir(folder).catch(() => [])
    return names.filter((name) => name.endsWith('-linux-gnu')).map((name) => join(folder, name))
  })
  return [...folders, ...(await Promise.all(inside)).flat()]
}

async function bringCopy(root: string): Promise<void> {
  // Made aside and moved into place: an interrupted download is never taken for a whole one.
  const draft = `${root}.${process.pid}`
  await mkdir(draft, { recursive: true })
  try {
    const files = await downloadTo(draft).catch(async (error: unknown) => {
      // A new machine or a container image has no package lists; only root may fetch them.
      if (!isRoot) throw error
      await run('apt-get', ['update'], { seconds: 60 })
      return downloadTo(draft)
    })
    for (const file of files) await run('dpkg', ['-x', file, draft], { seconds: 30 })
    for (const file of files) await rm(file)
    await rm(root, { recursive: true, force: true })
    await rename(draft, root)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Downloads what an installation would add to this system: Redis, and the libraries that are not here yet. */
async function downloadTo(folder: string): Promise<string[]> {
  const simulated = ['install', '--simulate', '--no-install-recommends', 'redis-server']
  const plan = await run('apt-get', simulated, { seconds: 30 })
  const packages = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, name]) => name ?? '')
  if (packages.length === 0) throw new Error('this system offers no redis-server')

  await run('apt-get', ['download', ...packages], { seconds: 60, cwd: folder })
  const names = await readdir(folder)
  return names.filter((name) => name.endsWith('.deb')).map((name) => join(folder, name))
}

type RunOptions = { seconds: number; cwd?: string; env?: Record<string, string> }

async function run(command: string, args: string[], { seconds, ...rest }: RunOptions): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { timeout: seconds * 1000, ...rest })
  return stdout.trim()
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.trim().split('\n').slice(0, 3).join(' ')
}
