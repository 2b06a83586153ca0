import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Logger } from '../log/logger.js'
import type { Queues } from '../queue/queues.js'
import { createRounds } from '../runtime/rounds.js'
import { handOn, type Produces } from './hand-on.js'
import { makeReconcile } from './reconcile.js'
import type { OutboxTable } from './tables.js'

const ROUND_MS = 1000
const POKE_MS = 5
/** How often events in hand are looked after, and how long a job may simply not have been worked on yet. */
const LOOK_AFTER_MS = 5000

type Options = {
  db: PostgresJsDatabase
  outbox: OutboxTable
  produces: Produces
  queues: Queues
  log: Logger
  lookAfterMs?: number
}

export type Relay = {
  /** Something was recorded: hand it on now instead of at the next round. */
  poke(): void
  start(): void
  stop(): Promise<void>
}

/**
 * Hands recorded facts to the queue of every consumer, and looks after them until each consumer is done.
 *
 * The outbox row is the truth: a job that its queue has lost is put there again, and a consumer that saw it before
 * ignores it (inbox). So neither a crash between the two stores nor an emptied Redis loses anything.
 */
export function createRelay(options: Options): Relay {
  const { log, lookAfterMs = LOOK_AFTER_MS } = options
  const relaying = createRounds({
    name: 'relay',
    everyMs: ROUND_MS,
    pokeMs: POKE_MS,
    round: async () => {
      while (await handOn(options));
    },
    log,
  })
  const reconciling = createRounds({
    name: 'reconcile',
    everyMs: lookAfterMs,
    pokeMs: POKE_MS,
    round: makeReconcile(options, lookAfterMs),
    log,
  })

  return {
    poke: relaying.poke,
    start() {
      relaying.start()
      reconciling.start()
    },
    stop: async () => {
      await Promise.all([relaying.stop(), reconciling.stop()])
    },
  }
}
