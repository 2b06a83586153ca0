import { readArgon2 } from './argon2.mjs'
import { readBcrypt } from './bcrypt.mjs'
import { readDrupal } from './drupal.mjs'
import { readFirebaseScrypt } from './firebase-scrypt.mjs'
import { readMd5Crypt } from './md5-crypt.mjs'
import { readPbkdf2 } from './pbkdf2.mjs'
import { readPhpass } from './phpass.mjs'
import { readSaltedSha } from './salted-sha.mjs'
import { readScrypt } from './scrypt.mjs'
import { readShaCrypt } from './sha-crypt.mjs'

/** @type {import('./reading.js').ReadForm[]} */
const FORMS = [
  readArgon2,
  readBcrypt,
  readDrupal,
  readFirebaseScrypt,
  readMd5Crypt,
  readPbkdf2,
  readPhpass,
  readSaltedSha,
  readScrypt,
  readShaCrypt,
]

/** The longest form, Firebase's, has 260 characters. */
const MAX_LENGTH = 512

/**
 * Understands a password hash that another system made, or says why not.
 *
 * Plain JavaScript, as the worker that verifies: what an import accepts is what a worker can verify.
 *
 * @param {string} hash
 * @returns {import('./reading.js').LegacyHash | { refused: import('./reading.js').HashRefusal }}
 */
export function readLegacyHash(hash) {
  if (hash.length > MAX_LENGTH) return { refused: 'UNKNOWN_FORMAT' }
  for (const read of FORMS) {
    const reading = read(hash)
    if (reading) return reading
  }
  return { refused: 'UNKNOWN_FORMAT' }
}
