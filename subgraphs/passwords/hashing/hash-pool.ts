import { AppError } from '../../shared/errors/app-error.js'
import type { HashChild, HashJob } from './hash-child.js'
import { createHashCrew } from './hash-crew.js'
import { type HashParams, placesForHashes } from './hash-params.js'

export type HashPool = {
  /** A PHC string of argon2id with a fresh 128-bit salt. */
  hash(secret: Uint8Array, params: HashParams): Promise<string>
  verify(phc: string, secret: Uint8Array): Promise<boolean>
  /**
   * For a hash that another system made. It takes a place like any other and may hold it for longer, but not for less
   * than the verification of `dummyPhc`, which is part of it.
   */
  verifyLegacy(job: { hash: string; secret: Uint8Array; dummyPhc: string }): Promise<boolean>
  /** Refuses what waits, lets running jobs end, then ends the children. */
  stop(): Promise<void>
}

export type HashPoolOptions = {
  size?: number
  maxQueued?: number
  maxWaitMs?: number
  /** Called for every hash computation that starts. */
  onHash?: () => void
  /** Called with the id of each child process when it is ready for work. */
  onChildReady?: (pid: number) => void
}

type Ticket = {
  job: HashJob
  resolve: (result: string | boolean) => void
  reject: (reason: Error) => void
  expiry?: NodeJS.Timeout
}

/**
 * Runs argon2id, and what other systems hashed with, in child processes of low priority, one job per child at a time.
 *
 * Processes rather than libuv's threads: token verification shares those, and a burst of
 * logins would hold it up. What does not fit is refused at once instead of piling up (SECURITY 6.4).
 */
export function createHashPool(options: HashPoolOptions = {}): HashPool {
  const { size = placesForHashes(), maxQueued = 64, maxWaitMs = 2_000, onHash, onChildReady } = options
  const waiting = new Set<Ticket>()
  const running = new Set<Promise<void>>()
  const crew = createHashCrew({ size, onFree: dispatch, onChildReady })
  let stopped = false

  /** Gives the job that has waited longest to a free child. */
  function dispatch() {
    const [next] = waiting
    const child = next && crew.takeIdle()
    if (!child) return
    leaveQueue(next)

    const run = work(child, next).finally(() => {
      running.delete(run)
      crew.giveBack(child)
    })
    running.add(run)
  }

  async function work(child: HashChild, { job, resolve, reject }: Ticket) {
    onHash?.()
    await child.run(job).then(resolve, reject)
  }

  function submit(job: HashJob): Promise<string | boolean> {
    // Children that are still starting count as places, so that the first requests wait for them.
    if (stopped || running.size + waiting.size >= size + maxQueued) return Promise.reject(refusal())

    return new Promise((resolve, reject) => {
      const ticket: Ticket = { job, resolve, reject }
      ticket.expiry = setTimeout(() => refuse(ticket), maxWaitMs)
      waiting.add(ticket)
      dispatch()
    })
  }

  function refuse(ticket: Ticket) {
    leaveQueue(ticket)
    ticket.reject(refusal())
  }

  function leaveQueue(ticket: Ticket) {
    clearTimeout(ticket.expiry)
    waiting.delete(ticket)
  }

  return {
    // The worker answers a hash job with a string and the others with a boolean.
    hash: async (secret, params) => (await submit({ kind: 'hash', secret, params })) as string,
    verify: (phc, secret) => submit({ kind: 'verify', phc, secret }).then(isYes),
    verifyLegacy: (job) => submit({ kind: 'verify-legacy', ...job }).then(isYes),
    async stop() {
      stopped = true
      for (const ticket of waiting) refuse(ticket)
      await Promise.all(running)
      await crew.stop()
    },
  }
}

const isYes = (result: string | boolean): boolean => result === true

function refusal(): AppError {
  return new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })
}
