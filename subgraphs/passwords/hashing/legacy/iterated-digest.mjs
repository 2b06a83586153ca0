import { hash as digestOf } from 'node:crypto'
import { cryptDigit, isSame, toCryptDigits } from './encodings.mjs'

/** Beginning, one digit for the number of rounds, eight of salt. */
const SETTING_LENGTH = 12

const MIN_LOG_ROUNDS = 7
/** A quarter of a million rounds: half a second for the longest password. */
const MAX_LOG_ROUNDS = 18

/**
 * What phpass made portable and Drupal took over with a longer digest: salt and password, then over and over the last
 * digest and the password. No library that is kept up does it.
 *
 * @param {string} hash
 * @param {{ form: string, whole: RegExp, algorithm: 'md5' | 'sha512' }} variant
 * @returns {ReturnType<import('./reading.js').ReadForm>}
 */
export function readIterated(hash, { form, whole, algorithm }) {
  const logRounds = cryptDigit(hash[3] ?? '')

  if (!whole.test(hash) || logRounds < MIN_LOG_ROUNDS) return { refused: 'MALFORMED' }
  if (logRounds > MAX_LOG_ROUNDS) return { refused: 'TOO_COSTLY' }
  return {
    form,
    matches(secret) {
      const salt = Buffer.from(hash.slice(4, SETTING_LENGTH))
      const digest = iterate(algorithm, { salt, secret, rounds: 2 ** logRounds })
      const made = hash.slice(0, SETTING_LENGTH) + toCryptDigits(digest)
      return isSame(made.slice(0, hash.length), hash)
    },
  }
}

/**
 * @param {string} algorithm
 * @param {{ salt: Uint8Array, secret: Uint8Array, rounds: number }} input
 */
function iterate(algorithm, { salt, secret, rounds }) {
  let digest = digestOf(algorithm, Buffer.concat([salt, secret]), 'buffer')
  const next = Buffer.concat([digest, secret])
  for (let round = 0; round < rounds; round += 1) {
    next.set(digest)
    digest = digestOf(algorithm, next, 'buffer')
  }
  return digest
}
