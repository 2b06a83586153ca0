import { pbkdf2Sync } from 'node:crypto'
import { digestFromBase64, fromBase64, isSame } from './encodings.mjs'

const BEGINNING = /^(?:\$pbkdf2(?:-sha(?:1|256|512))?\$|pbkdf2_sha(?:1|256|512)\$)/
/** PHC names the cost (`i=10000,l=32`), passlib writes the bare number. */
const WHOLE = /^\$pbkdf2(?:-(sha\d+))?\$(?:i=)?(\d{1,8})(?:,l=(\d{1,2}))?\$([^$]*)\$([^$]*)$/
/** Django's salt is text, not base 64. */
const DJANGO = /^pbkdf2_(sha\d+)\$(\d{1,8})\$([^$]{1,128})\$([^$]*)$/

/** Each is one round for one block of the digest; Django 5.2 asks for a million. A second of one core. */
const MAX_ROUNDS = 2_500_000

/** @type {Record<string, number>} */
const BLOCK_BYTES = { sha1: 20, sha256: 32, sha512: 64 }

/**
 * PBKDF2 with SHA-1, SHA-256 or SHA-512: the PHC form, passlib's and Django's.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readPbkdf2(hash) {
  if (!BEGINNING.test(hash)) return null
  const { algorithm, iterations, salt, digest } = hash.startsWith('$') ? readPhc(hash) : readDjango(hash)

  if (!salt || salt.length === 0 || !digest || iterations < 1) return { refused: 'MALFORMED' }
  const blocks = Math.ceil(digest.length / (BLOCK_BYTES[algorithm] ?? 1))
  if (iterations * blocks > MAX_ROUNDS) return { refused: 'TOO_COSTLY' }
  return {
    form: `pbkdf2-${algorithm}`,
    matches: (secret) => isSame(pbkdf2Sync(secret, salt, iterations, digest.length, algorithm), digest),
  }
}

/** @param {string} hash */
function readPhc(hash) {
  const [, algorithm = 'sha1', iterations, length, salt, text] = WHOLE.exec(hash) ?? []
  const digest = digestFromBase64(text)
  const isWhole = length === undefined || Number(length) === digest?.length
  return {
    algorithm,
    iterations: Number(iterations ?? 0),
    salt: fromBase64(salt),
    digest: isWhole ? digest : null,
  }
}

/** @param {string} hash */
function readDjango(hash) {
  const [, algorithm = 'sha1', iterations = 0, salt = '', digest] = DJANGO.exec(hash) ?? []
  return {
    algorithm,
    iterations: Number(iterations),
    salt: Buffer.from(salt),
    digest: digestFromBase64(digest),
  }
}
