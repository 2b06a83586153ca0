import { CompactEncrypt, type CryptoKey, compactDecrypt, importJWK, type JWK } from 'jose'

const ALGORITHM = 'ECDH-ES'
const ENCRYPTION = 'A256GCM'

/** Closes a secret so that only the holder of the private key reads it (JWE, RFC 7516). */
export type Seal = (secret: string) => Promise<string>
export type Open = (sealed: string) => Promise<string>

export async function createSeal(publicJwk: JWK): Promise<Seal> {
  const key = await importJWK(publicJwk, ALGORITHM)
  return (secret) =>
    new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
      .encrypt(key)
}

export async function createOpen(privateJwk: JWK): Promise<Open> {
  const key = (await importJWK(privateJwk, ALGORITHM)) as CryptoKey // an OKP key is never symmetric bytes
  return async (sealed) => {
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    })
    return new TextDecoder().decode(plaintext)
  }
}
