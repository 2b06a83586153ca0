import { timingSafeEqual } from 'node:crypto'

const CRYPT_DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A digest shorter than this matches by chance; one of odd length was cut by a column too narrow for it. */
const MIN_DIGEST_BYTES = 16
const MAX_DIGEST_BYTES = 64
const DIGEST_STEP = 4

/**
 * The base 64 of crypt(3) and its kin: three bytes make four digits, the lowest six bits first.
 *
 * @param {Uint8Array} bytes
 */
export function toCryptDigits(bytes) {
  let digits = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = [...bytes.subarray(at, at + 3)]
    let value = group.reduce((sum, byte, place) => sum | (byte << (8 * place)), 0)
    for (let digit = 0; digit <= group.length; digit += 1) {
      digits += CRYPT_DIGITS[value & 63]
      value >>= 6
    }
  }
  return digits
}

/**
 * The number that a digit of crypt(3) stands for.
 *
 * @param {string} digit
 */
export const cryptDigit = (digit) => CRYPT_DIGITS.indexOf(digit)

/**
 * Base 64, padded or not, in the alphabet of RFC 4648 or in passlib's, which has a dot for the plus. Null for anything
 * else: Buffer would skip what it does not know.
 *
 * @param {string | undefined} text
 */
export function fromBase64(text = '') {
  const plain = text.replaceAll('.', '+').replace(/={1,2}$/, '')
  const bytes = Buffer.from(plain, 'base64')
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : null
}

/**
 * The same for a digest, which must have a sensible size.
 *
 * @param {string | undefined} text
 */
export function digestFromBase64(text) {
  const digest = fromBase64(text)
  const length = digest?.length ?? 0
  const isSensible = length >= MIN_DIGEST_BYTES && length <= MAX_DIGEST_BYTES && length % DIGEST_STEP === 0
  return isSensible ? digest : null
}

/**
 * Compares in constant time.
 *
 * @param {string | Uint8Array} one
 * @param {string | Uint8Array} other
 */
export function isSame(one, other) {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
