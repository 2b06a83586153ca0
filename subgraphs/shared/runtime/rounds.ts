import type { Logger } from '../log/logger.js'

type Options = {
  name: string
  everyMs: number
  /** How soon after a poke a round begins; pokes in between are one. */
  pokeMs: number
  round: () => Promise<void>
  log: Logger
}

export type Rounds = {
  poke(): void
  start(): void
  /** Resolves when the round under way, if any, has ended. */
  stop(): Promise<void>
}

/** Runs one thing again and again, never twice at once. A round that fails is logged and tried at the next. */
export function createRounds({ name, everyMs, pokeMs, round, log }: Options): Rounds {
  let timer: NodeJS.Timeout | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let running: Promise<void> | null = null
  let stopped = true

  const schedule = (delayMs: number) => {
    const at = performance.now() + delayMs
    if (stopped || at >= dueAt) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(run, delayMs)
  }

  const run = () => {
    dueAt = Number.POSITIVE_INFINITY
    if (running !== null) return schedule(pokeMs)
    running = round()
      .catch((err: unknown) => log.warn({ event: 'round.failed', round: name, err }))
      .finally(() => {
        running = null
        schedule(everyMs)
      })
  }

  return {
    poke: () => schedule(pokeMs),
    start() {
      stopped = false
      schedule(0)
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
