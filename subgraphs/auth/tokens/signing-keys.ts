import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { newUuid } from '../../shared/ids/uuid.js'
import { decryptWith, encryptWith } from '../../shared/secrets/data-key.js'
import type { StoredKey } from '../store/signing-keys.js'

export type SigningKeys = {
  active: { kid: string; key: CryptoKey }
  /** Public halves of every key whose tokens may still live. */
  jwks: JSONWebKeySet
}

/** Opens the stored keys; the newest signs. */
export async function openSigningKeys(
  stored: readonly StoredKey[],
  sealingKey: Uint8Array,
): Promise<SigningKeys> {
  const [newest] = stored
  if (!newest) throw new Error('there is no key to sign access tokens with')
  const jwk = JSON.parse(await decryptWith(sealingKey, newest.sealedPrivateJwk)) as JWK // sealed by `makeSigningKey`

  return {
    active: { kid: newest.kid, key: (await importJWK(jwk, 'EdDSA')) as CryptoKey },
    jwks: {
      keys: stored.map(({ kid, publicJwk }) => ({ ...(publicJwk as JWK), kid, alg: 'EdDSA', use: 'sig' })),
    },
  }
}

/** A fresh key, its private half sealed for the database. */
export async function makeSigningKey(sealingKey: Uint8Array): Promise<StoredKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const sealedPrivateJwk = await encryptWith(sealingKey, JSON.stringify(await exportJWK(privateKey)))
  return { kid: newUuid(), publicJwk: { ...(await exportJWK(publicKey)) }, sealedPrivateJwk }
}
