import { randomBytes, timingSafeEqual } from 'node:crypto'

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
  const { hashRawSync, hashSync, parseOptions } = await import('@node-rs/argon2')

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
    // Its own verify refuses a secret that is not UTF-8, which the output of an HMAC hardly ever is.
    verify: (phc, secret) => {
      const options = parseOptions(phc)
      const [salt = '', digest = ''] = phc.split('$').slice(-2)
      const computed = hashRawSync(secret, { ...options, salt: Buffer.from(salt, 'base64') })
      return timingSafeEqual(computed, Buffer.from(digest, 'base64'))
    },
  }
}

/**
 * What the binary of `argon2` 0.44 needs, and every Node we run on has. That of 0.45 needs 10 (Node 22.14): an older
 * Node dies of it by SIGSEGV, past any catch.
 */
const NODE_API = 9

/** @returns {Promise<Argon2Engine>} */
export async function loadArgon2() {
  if (Number(process.versions['napi']) < NODE_API) throw new Error(`argon2 needs Node-API ${NODE_API}`)
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
