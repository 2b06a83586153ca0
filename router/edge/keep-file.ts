import { readFile } from 'node:fs/promises'
import type { Logger } from '../../subgraphs/shared/log/logger.js'

/** A file that is mounted, linked or written over in place changes without telling every watcher: it is read. */
const LOOK_MS = 500

export type ReadFile<Value> = { kind: 'read'; value: Value } | { kind: 'faulty'; faults: string[] }

export type KeptFile<Value> = { current: () => Value; start(): void; stop(): void }

type Options<Value> = {
  path: string
  /** What the log calls it. */
  name: string
  read: (text: string) => ReadFile<Value>
  log: Logger
}

/** A file that cannot be kept; the start stops. */
class FaultyFile extends Error {
  override readonly name = 'FaultyFile'

  constructor(path: string, faults: readonly string[]) {
    super(`${path} is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}

/**
 * What a file says, and what it says as soon as it has changed.
 *
 * A file that is faulty, empty or gone leaves the old value in force, and the log says why, once. One that is being written
 * is taken when two looks in a row have seen the same.
 */
export async function keepFile<Value>({ path, name, read, log }: Options<Value>): Promise<KeptFile<Value>> {
  let text = await readFile(path, 'utf8')
  let value = contentOf(path, read(text))
  let timer: NodeJS.Timeout | null = null
  let seen = text
  let isUnreadable = false

  async function look(): Promise<void> {
    const fresh = await readFile(path, 'utf8').catch((err: unknown) => unreadable(err))
    if (fresh === null) return
    isUnreadable = false
    const isSettled = fresh === seen
    seen = fresh
    if (!isSettled || fresh === text) return
    text = fresh
    adopt(text.trim() === '' ? { kind: 'faulty', faults: ['is empty'] } : read(text))
  }

  function adopt(fresh: ReadFile<Value>): void {
    if (fresh.kind === 'faulty') {
      log.error({ event: `${name}.refused`, path, faults: fresh.faults })
      return
    }
    value = fresh.value
    log.info({ event: `${name}.changed`, path })
  }

  function unreadable(err: unknown): null {
    if (!isUnreadable) log.error({ event: `${name}.unreadable`, path, err })
    isUnreadable = true
    return null
  }

  function lookLater(): void {
    timer = setTimeout(async () => {
      await look()
      if (timer) lookLater()
    }, LOOK_MS)
    timer.unref()
  }

  return {
    current: () => value,
    start: lookLater,
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

function contentOf<Value>(path: string, read: ReadFile<Value>): Value {
  if (read.kind === 'faulty') throw new FaultyFile(path, read.faults)
  return read.value
}
