import { randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { hasCode } from './error-code.js'
import { startTimeOf } from './process-identity.js'

const Owner = z.object({ pid: z.number(), startedAt: z.string(), token: z.string() })
type Owner = z.infer<typeof Owner>

export type FolderLock = { release(): Promise<void> }

const ATTEMPTS = 20

/** Claims a folder for this process; refused while its owner lives, taken over when the owner is gone. */
export async function takeFolderLock(file: string, service: string): Promise<FolderLock> {
  await makeFolder(dirname(file))
  const mine = { pid: process.pid, startedAt: startTimeOf(process.pid) ?? '', token: randomUUID() }

  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await claim(file, mine)) return { release: () => release(file, mine.token) }
    const owner = await readOwner(file)
    if (owner && isAlive(owner)) throw new Error(inUse(file, service, owner.pid))
    await removeStale(file, owner?.token)
  }
  throw new Error(`Cannot claim ${file}: other processes keep taking it`)
}

/** Passable, whatever the umask: the database of a root user runs as somebody else, who must come by here. */
async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true })
  if (made !== undefined) await chmod(folder, 0o711)
}

/** Written aside and linked into place, so that nobody ever reads half an owner. */
async function claim(file: string, owner: Owner): Promise<boolean> {
  const draft = `${file}.${owner.token}`
  await writeFile(draft, JSON.stringify(owner), { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Two processes can find the same dead owner. The slower must not remove the lock the faster one took meanwhile:
 * it moves the file away, looks what it moved, and puts a living owner's back.
 */
async function removeStale(file: string, token: string | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const owner = await readOwner(aside)
  if (owner?.token !== token) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

async function release(file: string, token: string): Promise<void> {
  const owner = await readOwner(file)
  if (owner?.token === token) await rm(file, { force: true })
}

async function readOwner(file: string): Promise<Owner | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return Owner.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function isAlive(owner: Owner): boolean {
  return startTimeOf(owner.pid) === owner.startedAt
}

function inUse(file: string, service: string, pid: number): string {
  return `${service} in ${dirname(file)} is in use by process ${pid}. Stop that process, or set another DATA_DIR.`
}
