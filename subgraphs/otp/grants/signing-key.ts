import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { decryptWith, encryptWith } from '../../shared/secrets/data-key.js'
import type { GrantKey, GrantKeyStore } from './ports.js'

const ALGORITHM = 'EdDSA'

export type SigningKey = { kid: string; key: CryptoKey }

type Options = { store: GrantKeyStore; sealingKey: Uint8Array }

/** The pair that signs grants, made at the first need and kept. The database being away then is not remembered. */
export function createSigningKeys({ store, sealingKey }: Options) {
  let held: Promise<SigningKey> | null = null

  async function load(): Promise<SigningKey> {
    const { kid, sealedPrivateJwk } = await store.getOrInsert(() => newKey(sealingKey))
    const jwk = JSON.parse(await decryptWith(sealingKey, sealedPrivateJwk)) as JWK // sealed by `newKey`
    return { kid, key: (await importJWK(jwk, ALGORITHM)) as CryptoKey } // an OKP key is never symmetric bytes
  }

  const current = (): Promise<SigningKey> => {
    held ??= load().catch((error: unknown) => {
      held = null
      throw error
    })
    return held
  }

  return {
    current,
    /** Made before it is published empty: a reader keeps what it is told for a while. */
    async publicKeys(): Promise<{ keys: Record<string, unknown>[] }> {
      await current()
      return { keys: await store.listPublic() }
    },
  }
}

async function newKey(sealingKey: Uint8Array): Promise<GrantKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    kid,
    publicJwk: { ...publicJwk, kid, alg: ALGORITHM, use: 'sig' },
    sealedPrivateJwk: await encryptWith(sealingKey, JSON.stringify(await exportJWK(privateKey))),
  }
}
