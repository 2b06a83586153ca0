import { createHash } from 'node:crypto'

/**
 * A Bloom filter: what was put in is always found, and of what was not, fewer than one in a million.
 *
 * SHA-512 gives each value 21 positions of 24 bits, so it has 2^24 bits: room for 580 000 values at that rate. Plain
 * JavaScript, since the script that fills it runs without a build. The libraries for it bring a dozen others.
 */
const POSITIONS = 21
const POSITION_BYTES = 3
export const FILTER_BYTES = 2 ** (8 * POSITION_BYTES) / 8

/** @param {Iterable<string>} values */
export function makeFilter(values) {
  const bits = Buffer.alloc(FILTER_BYTES)
  for (const value of values) {
    for (const position of positionsOf(value))
      bits[position >> 3] = (bits[position >> 3] ?? 0) | (1 << (position & 7))
  }
  return bits
}

/**
 * @param {Uint8Array} bits
 * @param {string} value
 */
export function isInFilter(bits, value) {
  return positionsOf(value).every((position) => ((bits[position >> 3] ?? 0) & (1 << (position & 7))) !== 0)
}

/**
 * How likely a value that was not put in is found all the same.
 *
 * @param {Uint8Array} bits
 */
export function falsePositiveRate(bits) {
  let ones = 0
  for (const byte of bits) for (let rest = byte; rest > 0; rest &= rest - 1) ones += 1
  return (ones / (8 * bits.length)) ** POSITIONS
}

/** @param {string} value */
function positionsOf(value) {
  const digest = createHash('sha512').update(value).digest()
  return Array.from({ length: POSITIONS }, (_, at) => digest.readUIntBE(at * POSITION_BYTES, POSITION_BYTES))
}
