import { readIterated } from './iterated-digest.mjs'

const BEGINNING = /^\$S\$/
const WHOLE = /^\$S\$[./0-9A-Za-z]{52}$/

/**
 * Drupal 7 and later, up to 10: SHA-512, of whose digest it keeps 43 digits.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readDrupal(hash) {
  if (!BEGINNING.test(hash)) return null
  return readIterated(hash, { form: 'drupal', whole: WHOLE, algorithm: 'sha512' })
}
