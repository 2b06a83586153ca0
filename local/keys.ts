import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { SUBGRAPH_NAMES } from '../subgraphs/shared/contracts/subgraph-names.js'

/** Every secret of an installation, as settings. */
export type Keys = Record<string, string>

const secret = () => randomBytes(32).toString('base64url')

/** Makes a full set: each caller's key pair, the key secrets are sealed to, and the 32-byte secrets. */
export async function generateKeys(): Promise<Keys> {
  const callers = await Promise.all(['router', ...SUBGRAPH_NAMES].map(callerKeys))
  const sealing = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true })

  return {
    DATABASE_ROLE_KEY: secret(),
    USERS_KEY: secret(),
    AUTH_KEY: secret(),
    OTP_KEY: secret(),
    NOTIFICATIONS_KEY: secret(),
    PASSWORD_PEPPERS: `1:${secret()}`,
    ...Object.fromEntries(callers.map(({ setting, privateJwk }) => [setting, JSON.stringify(privateJwk)])),
    INTERNAL_JWKS: JSON.stringify({ keys: callers.map(({ publicJwk }) => publicJwk) }),
    NOTIFICATIONS_SEALING_KEY: JSON.stringify(await exportJWK(sealing.privateKey)),
    NOTIFICATIONS_PUBLIC_KEY: JSON.stringify(await exportJWK(sealing.publicKey)),
  }
}

/** A caller's key pair; the key id says whose it is. */
async function callerKeys(name: string): Promise<{ setting: string; privateJwk: JWK; publicJwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const label = { kid: name, alg: 'EdDSA', use: 'sig' }
  return {
    setting: `${name.toUpperCase()}_PRIVATE_KEY`,
    privateJwk: { ...(await exportJWK(privateKey)), ...label },
    publicJwk: { ...(await exportJWK(publicKey)), ...label },
  }
}
