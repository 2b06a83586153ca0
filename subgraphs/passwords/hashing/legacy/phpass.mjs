import { readIterated } from './iterated-digest.mjs'

const BEGINNING = /^\$[PH]\$/
const WHOLE = /^\$[PH]\$[./0-9A-Za-z]{31}$/

/**
 * The portable hashes of phpass: WordPress writes `$P$`, phpBB 3 `$H$`.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readPhpass(hash) {
  if (!BEGINNING.test(hash)) return null
  return readIterated(hash, { form: 'phpass', whole: WHOLE, algorithm: 'md5' })
}
