import { createCipheriv } from 'node:crypto'
import { fromBase64, isSame } from './encodings.mjs'
import { isDear, isSound, scrypt } from './scrypt.mjs'

const BEGINNING = /^\$firescrypt\$/
const WHOLE = /^\$firescrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([^$]*)\$([^$]*)\$([^$]*)\$([^$]*)$/

/** Firebase's signer key, and so what it makes of it. */
const KEY_BYTES = 64
const AES_KEY_BYTES = 32
const ZERO_COUNTER = Buffer.alloc(16)

/**
 * Firebase's variant of scrypt: the password makes a key, under which the project's signer key is encrypted.
 *
 * Its export has the parameters of the project beside those of the person. The form that joins them is Ory Kratos's:
 * `$firescrypt$ln=MEMCOST,r=ROUNDS,p=1$SALT$HASH$SALT_SEPARATOR$SIGNER_KEY`.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readFirebaseScrypt(hash) {
  if (!BEGINNING.test(hash)) return null
  const [, ln, r, p, ...fields] = WHOLE.exec(hash) ?? []
  const cost = { logN: Number(ln ?? 0), r: Number(r ?? 0), p: Number(p ?? 0) }
  const [salt, digest, separator, signerKey] = fields.map((field) => fromBase64(field))

  const isWhole = digest?.length === KEY_BYTES && signerKey?.length === KEY_BYTES
  if (!salt?.length || !separator || !isWhole || !isSound(cost)) return { refused: 'MALFORMED' }
  if (isDear(cost)) return { refused: 'TOO_COSTLY' }
  return {
    form: 'firebase-scrypt',
    matches(secret) {
      const key = scrypt(secret, Buffer.concat([salt, separator]), { ...cost, length: AES_KEY_BYTES })
      return isSame(createCipheriv('aes-256-ctr', key, ZERO_COUNTER).update(signerKey), digest)
    },
  }
}
