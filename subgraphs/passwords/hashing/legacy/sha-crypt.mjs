import { hash as digestOf } from 'node:crypto'
import { isSame, toCryptDigits } from './encodings.mjs'

const BEGINNING = /^\$[56]\$/
const WHOLE = /^\$([56])\$(?:rounds=(\d{4,9})\$)?([./0-9A-Za-z]{0,16})\$([./0-9A-Za-z]+)$/

const DEFAULT_ROUNDS = 5_000
const MIN_ROUNDS = 1_000
/** passlib's choice was 656 000 of SHA-512 for years. */
const MAX_ROUNDS = 700_000

/** @type {Record<string, { algorithm: string, digits: number, order: number[] }>} */
const VARIANTS = {
  5: { algorithm: 'sha256', digits: 43, order: [...shuffledThirds(10, 2), 30, 31] },
  6: { algorithm: 'sha512', digits: 86, order: [...shuffledThirds(21, 1), 63] },
}

/**
 * sha256-crypt and sha512-crypt, as Ulrich Drepper specified them (SHA-crypt.txt).
 *
 * Our own: the one kept-up library, `unixcrypt` 3.0.4, gets passwords wrong whose length is a multiple of the digest's.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readShaCrypt(hash) {
  if (!BEGINNING.test(hash)) return null
  const [, id = '', rounds = DEFAULT_ROUNDS, salt = '', digits = ''] = WHOLE.exec(hash) ?? []
  const variant = VARIANTS[id]

  if (!variant || digits.length !== variant.digits || Number(rounds) < MIN_ROUNDS)
    return { refused: 'MALFORMED' }
  if (Number(rounds) > MAX_ROUNDS) return { refused: 'TOO_COSTLY' }
  return {
    form: variant.algorithm === 'sha256' ? 'sha256-crypt' : 'sha512-crypt',
    matches(secret) {
      const { algorithm, order } = variant
      const digest = shaCrypt(algorithm, { secret, salt: Buffer.from(salt), rounds: Number(rounds) })
      return isSame(toCryptDigits(Buffer.from(order.map((at) => digest[at] ?? 0))), digits)
    },
  }
}

/**
 * @param {string} algorithm
 * @param {{ secret: Uint8Array, salt: Uint8Array, rounds: number }} input
 */
function shaCrypt(algorithm, { secret, salt, rounds }) {
  const digest = (/** @type {Uint8Array[]} */ ...parts) => digestOf(algorithm, Buffer.concat(parts), 'buffer')
  const stretched = (/** @type {Uint8Array} */ pattern, /** @type {number} */ length) =>
    Buffer.alloc(length, pattern)

  const other = digest(secret, salt, secret)
  const bits = [...secret.length.toString(2)].reverse()
  const mixed = secret.length === 0 ? [] : bits.map((bit) => (bit === '1' ? other : secret))
  let last = digest(secret, salt, stretched(other, secret.length), ...mixed)

  const secrets = stretched(digest(stretched(secret, secret.length ** 2)), secret.length)
  const salts = stretched(digest(stretched(salt, salt.length * (16 + (last[0] ?? 0)))), salt.length)
  for (let round = 0; round < rounds; round += 1) last = digest(...roundOf(round, { last, secrets, salts }))
  return last
}

/**
 * @param {number} round
 * @param {{ last: Uint8Array, secrets: Uint8Array, salts: Uint8Array }} material
 */
function roundOf(round, { last, secrets, salts }) {
  const isOdd = round % 2 === 1
  const parts = [isOdd ? secrets : last]
  if (round % 3 !== 0) parts.push(salts)
  if (round % 7 !== 0) parts.push(secrets)
  parts.push(isOdd ? last : secrets)
  return parts
}

/**
 * The order in which the bytes of a digest are written: one of each third at a time, with the thirds taking turns at
 * being first.
 *
 * @param {number} third
 * @param {number} turn
 */
function shuffledThirds(third, turn) {
  return Array.from({ length: third }, (_, at) => {
    const bytes = [at, at + third, at + 2 * third]
    const first = (at * turn) % 3
    return [...bytes.slice(first), ...bytes.slice(0, first)].reverse()
  }).flat()
}
