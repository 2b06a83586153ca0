import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose'

export type TestKey = { privateJwk: JWK; publicJwk: JWK }

/** A signing key, its public half under a name as `kid`. */
export async function someKey(kid: string): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { privateJwk: await exportJWK(privateKey), publicJwk: { ...(await exportJWK(publicKey)), kid } }
}

export const jwksOf = (...keys: TestKey[]): JSONWebKeySet => ({
  keys: keys.map(({ publicJwk }) => publicJwk),
})
