import { createHash } from 'node:crypto'
import { fromBase64, isSame } from './encodings.mjs'

const WHOLE = /^\{SSHA(256|512)?\}(.*)$/i

const MAX_SALT_BYTES = 64

/**
 * The salted SHA of LDAP directories: the digest of password and salt, then the salt.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readSaltedSha(hash) {
  const [whole, bits, text] = WHOLE.exec(hash) ?? []
  if (whole === undefined) return null
  const algorithm = bits ? `sha${bits}` : 'sha1'
  const length = Number(bits ?? 160) / 8
  const bytes = fromBase64(text)

  if (!bytes || bytes.length <= length || bytes.length > length + MAX_SALT_BYTES)
    return { refused: 'MALFORMED' }
  const [digest, salt] = [bytes.subarray(0, length), bytes.subarray(length)]
  return {
    form: `salted-${algorithm}`,
    matches: (secret) => isSame(createHash(algorithm).update(secret).update(salt).digest(), digest),
  }
}
