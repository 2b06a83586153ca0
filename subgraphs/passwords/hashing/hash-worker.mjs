import os from 'node:os'
import { loadEngine } from './argon2-engine.mjs'
import { readLegacyHash } from './legacy/read-legacy-hash.mjs'

/**
 * One child of the hash pool: takes one job at a time over IPC and answers it.
 *
 * It has no environment, and of a password it sees what the pepper made of it. Only where the hash is another system's,
 * which has no pepper, it gets the password itself.
 *
 * @typedef {{ kind: 'hash', secret: Uint8Array, params: import('./argon2-engine.mjs').HashParams }
 *   | { kind: 'verify', secret: Uint8Array, phc: string }
 *   | { kind: 'verify-legacy', secret: Uint8Array, hash: string, dummyPhc: string }} HashJob
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
    answer({ result: await run(job) })
  } catch (error) {
    answer({ fault: error instanceof Error ? error.message : 'unknown' })
  }
})

answer({ ready: true })

/** @param {HashJob} job */
async function run(job) {
  switch (job.kind) {
    case 'hash':
      return engine.hash(job.secret, job.params)
    case 'verify':
      return engine.verify(job.phc, job.secret)
    case 'verify-legacy':
      return verifyLegacy(job)
  }
}

/**
 * A salted SHA takes a microsecond: an answer so early would say that there is such an account, and a weak hash of it.
 * So it costs one of ours as well (SECURITY 7.4).
 *
 * @param {{ secret: Uint8Array, hash: string, dummyPhc: string }} job
 */
async function verifyLegacy({ secret, hash, dummyPhc }) {
  const legacy = readLegacyHash(hash)
  if ('refused' in legacy) throw new Error(`imported hash: ${legacy.refused}`) // none such gets past an import
  await engine.verify(dummyPhc, secret)
  return legacy.matches(secret, engine)
}

/** @param {{ ready: true } | { result: string | boolean } | { fault: string }} message */
function answer(message) {
  // The callback keeps a channel that closed meanwhile from raising an error event.
  process.send?.(message, () => {})
}
