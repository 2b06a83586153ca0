import { readFile } from 'node:fs/promises'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import type { CurrentRules, EdgeRules } from './edge-rules.js'
import { readEdgeRules } from './read-edge-rules.js'

/** A file that is mounted, linked or written over in place changes without telling every watcher: it is read. */
const LOOK_MS = 1000

/** A rules file that cannot be kept; the start stops. */
class EdgeRulesError extends Error {
  override readonly name = 'EdgeRulesError'

  constructor(path: string, faults: readonly string[]) {
    super(`${path} is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}

export type KeptRules = { current: CurrentRules; start(): void; stop(): void }

/**
 * The rules of a file, and its newer ones as soon as it has any.
 *
 * New rules are in force from one request to the next; none is lost. A file that is faulty, gone or half written leaves
 * the old rules in force, and the log says why, once.
 */
export async function keepEdgeRules(path: string, log: Logger): Promise<KeptRules> {
  let text = await readFile(path, 'utf8')
  let rules = rulesOf(path, text)
  let timer: NodeJS.Timeout | null = null
  let isUnreadable = false

  async function look(): Promise<void> {
    const fresh = await readFile(path, 'utf8').catch((err: unknown) => unreadable(err))
    if (fresh === null) return
    isUnreadable = false
    if (fresh === text) return
    text = fresh
    adopt()
  }

  function adopt(): void {
    const read = readEdgeRules(text)
    if (read.kind === 'faulty') {
      log.error({ event: 'edge-rules.refused', path, faults: read.faults })
      return
    }
    rules = read.rules
    log.info({ event: 'edge-rules.changed', path })
  }

  function unreadable(err: unknown): null {
    if (!isUnreadable) log.error({ event: 'edge-rules.unreadable', path, err })
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
    current: () => rules,
    start: lookLater,
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

function rulesOf(path: string, text: string): EdgeRules {
  const read = readEdgeRules(text)
  if (read.kind === 'faulty') throw new EdgeRulesError(path, read.faults)
  return read.rules
}
