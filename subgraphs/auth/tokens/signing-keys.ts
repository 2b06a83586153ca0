import { createPrivateKey, type KeyObject } from 'node:crypto'
import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose'
import { newUuid } from '../../shared/ids/uuid.js'
import { decryptWith, encryptWith } from '../../shared/secrets/data-key.js'
import type { NewKey, StoredKey } from '../store/signing-keys.js'

export type Algorithm = 'EdDSA' | 'ES256'

export type SigningKeys = {
  active: { kid: string; algorithm: string; key: KeyObject }
  /** Public halves of every key whose tokens may still live, and of the one that signs next. */
  jwks: JSONWebKeySet
  verify: ReturnType<typeof createLocalJWKSet>
}

export type CurrentKeys = () => SigningKeys

/** Opens the stored keys, of which one signs. */
export async function openSigningKeys(
  stored: readonly StoredKey[],
  sealingKey: Uint8Array,
): Promise<SigningKeys> {
  const active = stored.find(({ part }) => part === 'ACTIVE')
  if (!active) throw new Error('there is no key to sign access tokens with')
  const jwk = JSON.parse(await decryptWith(sealingKey, active.sealedPrivateJwk)) as JWK // sealed by `makeSigningKey`
  const algorithm = algorithmOf(active)
  const jwks = {
    keys: stored.map((key) => ({
      ...(key.publicJwk as JWK),
      ...{ kid: key.kid, alg: algorithmOf(key), use: 'sig' },
    })),
  }

  return {
    active: { kid: active.kid, algorithm, key: createPrivateKey({ key: jwk, format: 'jwk' }) },
    jwks,
    verify: createLocalJWKSet(jwks),
  }
}

/** Keys from before there was a choice do not say. */
const algorithmOf = ({ publicJwk }: StoredKey): string => String(publicJwk['alg'] ?? 'EdDSA')

/** A fresh key, its private half sealed for the database. */
export async function makeSigningKey(sealingKey: Uint8Array, alg: Algorithm): Promise<NewKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const sealedPrivateJwk = await encryptWith(sealingKey, JSON.stringify(await exportJWK(privateKey)))
  return { kid: newUuid(), publicJwk: { ...(await exportJWK(publicKey)), alg }, sealedPrivateJwk }
}
