import apacheMd5 from 'apache-md5'
import { isSame } from './encodings.mjs'

const BEGINNING = /^\$(?:1|apr1)\$/
const WHOLE = /^\$(?:1|apr1)\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}$/

/** Its types describe an ES module, which it is not. */
const crypt = /** @type {(password: string, setting: string) => string} */ (
  /** @type {unknown} */ (apacheMd5)
)

/**
 * md5-crypt, and the variant in Apache's password files. Always 1000 rounds.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readMd5Crypt(hash) {
  if (!BEGINNING.test(hash)) return null
  if (!WHOLE.test(hash)) return { refused: 'MALFORMED' }

  // The library takes one byte from each character, so it gets one character for each byte.
  const bytes = (/** @type {Uint8Array} */ secret) => Buffer.from(secret).toString('latin1')
  return { form: 'md5-crypt', matches: (secret) => isSame(crypt(bytes(secret), hash), hash) }
}
