import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose'

export type TestKey = { privateJwk: JWK; publicJwk: JWK }

export async function makeKey(kid: string): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  return {
    privateJwk: { ...(await exportJWK(privateKey)), kid },
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' },
  }
}

export const jwksOf = (...keys: readonly TestKey[]): JSONWebKeySet => ({
  keys: keys.map(({ publicJwk }) => publicJwk),
})
