import os from 'node:os'
import { loadEngine } from './argon2-engine.mjs'

/**
 * One child of the hash pool: takes one job at a time over IPC and answers it.
 *
 * It has no environment and never sees a password, only what the pepper made of it.
 *
 * @typedef {{ kind: 'hash', secret: Uint8Array, params: import('./argon2-engine.mjs').HashParams }
 *   | { kind: 'verify', secret: Uint8Array, phc: string }} HashJob
 */

// Every request that needs no hash goes first: logins in flight must not slow down the rest.
try {
  os.setPriority(os.constants.priority.PRIORITY_LOW)
} catch {
  // Some sandboxes forbid it; hashing at normal priority beats not hashing.
}

// A Ctrl-C or a SIGTERM to the whole group must not take the jobs from a parent that is draining.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})

// The channel ends with the parent, however it died; nothing here may outlive it.
process.on('disconnect', () => process.exit(0))

const engine = await loadEngine()

// The first hash pays for page faults and lazy loading, several times the price of the next.
await engine.hash(new Uint8Array(32), { memoryKib: 19_456, iterations: 2, parallelism: 1 })

process.on('message', async (message) => {
  // Only the pool talks on this channel.
  const job = /** @type {HashJob} */ (message)
  try {
    const result =
      job.kind === 'hash'
        ? await engine.hash(job.secret, job.params)
        : await engine.verify(job.phc, job.secret)
    answer({ result })
  } catch (error) {
    answer({ fault: error instanceof Error ? error.message : 'unknown' })
  }
})

answer({ ready: true })

/** @param {{ ready: true } | { result: string | boolean } | { fault: string }} message */
function answer(message) {
  // The callback keeps a channel that closed meanwhile from raising an error event.
  process.send?.(message, () => {})
}
