import { scryptSync } from 'node:crypto'
import { digestFromBase64, fromBase64, isSame } from './encodings.mjs'

const BEGINNING = /^\$scrypt\$/
const WHOLE = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([^$]*)\$([^$]*)$/

/** 128 MiB, as much as OWASP asks for; every worker may need it at once. */
const MAX_MEMORY_BYTES = 2 ** 27
/** How often so much may be worked through. */
const MAX_WORK_BYTES = 2 ** 28

/**
 * scrypt in the PHC form.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readScrypt(hash) {
  if (!BEGINNING.test(hash)) return null
  const [, ln, r, p, salt, text] = WHOLE.exec(hash) ?? []
  const cost = { logN: Number(ln ?? 0), r: Number(r ?? 0), p: Number(p ?? 0) }
  const [saltBytes, digest] = [fromBase64(salt), digestFromBase64(text)]

  if (!saltBytes || saltBytes.length === 0 || !digest || !isSound(cost)) return { refused: 'MALFORMED' }
  if (isDear(cost)) return { refused: 'TOO_COSTLY' }
  return {
    form: 'scrypt',
    matches: (secret) => isSame(scrypt(secret, saltBytes, { ...cost, length: digest.length }), digest),
  }
}

/** @typedef {{ logN: number, r: number, p: number }} Cost */

/**
 * RFC 7914, section 6, has an upper end for N as well.
 *
 * @param {Cost} cost
 */
export const isSound = ({ logN, r, p }) => logN >= 1 && logN < 16 * r && p >= 1

/** @param {Cost} cost */
export function isDear({ logN, r, p }) {
  const memory = 128 * r * 2 ** logN
  return memory > MAX_MEMORY_BYTES || memory * p > MAX_WORK_BYTES
}

/**
 * @param {Uint8Array} secret
 * @param {Uint8Array} salt
 * @param {Cost & { length: number }} options
 */
export function scrypt(secret, salt, { logN, r, p, length }) {
  // Node refuses what needs more than 32 MiB unless told; it counts a little beside the main table.
  return scryptSync(secret, salt, length, { N: 2 ** logN, r, p, maxmem: 2 * MAX_WORK_BYTES })
}
