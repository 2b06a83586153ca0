import { randomBytes } from 'node:crypto'

/**
 * Plain JavaScript, like the worker that loads it: a forked Node reads it alike from source and from dist.
 *
 * @typedef {{ memoryKib: number, iterations: number, parallelism: number }} HashParams
 * @typedef {{
 *   hash: (secret: Uint8Array, params: HashParams) => string | Promise<string>,
 *   verify: (phc: string, secret: Uint8Array) => boolean | Promise<boolean>,
 * }} Argon2Engine
 */

const SALT_BYTES = 16
const DIGEST_BYTES = 32

/** The value of `Algorithm.Argon2id`, a const enum that leaves nothing to import. */
const ARGON2ID = 2

/** @returns {Promise<Argon2Engine>} */
export async function loadEngine() {
  try {
    return await loadNodeRs()
  } catch {
    return await loadArgon2()
  }
}

/** The preferred one: its binary uses SIMD, half the time of the other.
 *
 * @returns {Promise<Argon2Engine>}
 */
export async function loadNodeRs() {
  const { hashSync, verifySync } = await import('@node-rs/argon2')

  return {
    hash: (secret, { memoryKib, iterations, parallelism }) =>
      hashSync(secret, {
        algorithm: ARGON2ID,
        memoryCost: memoryKib,
        timeCost: iterations,
        parallelism,
        outputLen: DIGEST_BYTES,
        salt: randomBytes(SALT_BYTES),
      }),
    verify: (phc, secret) => verifySync(phc, secret),
  }
}

/** The binary of `argon2` 0.45 asks for Node-API 10; an older Node dies of it by SIGSEGV, past any catch. */
export const canLoadArgon2 = Number(process.versions['napi']) >= 10

/** @returns {Promise<Argon2Engine>} */
export async function loadArgon2() {
  if (!canLoadArgon2) throw new Error('argon2 needs Node-API 10: Node 22.14 or newer')
  const argon2 = await import('argon2')

  return {
    hash: (secret, { memoryKib, iterations, parallelism }) =>
      argon2.hash(Buffer.from(secret), {
        type: argon2.argon2id,
        memoryCost: memoryKib,
        timeCost: iterations,
        parallelism,
        hashLength: DIGEST_BYTES,
        salt: randomBytes(SALT_BYTES),
      }),
    verify: (phc, secret) => argon2.verify(phc, Buffer.from(secret)),
  }
}
