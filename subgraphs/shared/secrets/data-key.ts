import { createHmac, hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** Keys for one use each, drawn from one secret of the operator (HKDF, RFC 5869). */
export const deriveKey = (secret: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), `usergraph ${use}`, 32))

export const keyedDigest = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** Encrypts what must be read again by us alone: AES-256-GCM in a compact JWE. */
export const encryptWith = (key: Uint8Array, secret: string): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(secret))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(key)

export async function decryptWith(key: Uint8Array, sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  return new TextDecoder().decode(plaintext)
}
