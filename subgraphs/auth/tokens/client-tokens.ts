import { randomUUID } from 'node:crypto'
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  audienceOf,
  issuerOf,
} from '../../shared/identity/access-token-claims.js'
import { signJwt } from '../../shared/identity/sign-jwt.js'
import type { SignClientToken } from '../domain/api-clients.js'
import type { CurrentKeys } from './signing-keys.js'

/**
 * Signs a machine client's access token (RFC 9068): the client is its own subject, and `sid` is the secret that it
 * was issued for, so that ending the secret ends the token. It says nothing of proof, which a machine cannot give.
 */
export function createClientTokenSigner(keys: CurrentKeys, publicUrl: string): SignClientToken {
  return async ({ clientId, secretId, scopes }) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const expiresAt = issuedAt + ACCESS_TOKEN_SECONDS
    const { kid, algorithm, key } = keys().active
    const claims = {
      ...{ client_id: clientId, sid: secretId, scope: scopes.join(' ') },
      ...{ iss: issuerOf(publicUrl), aud: audienceOf(publicUrl), sub: clientId },
      ...{ iat: issuedAt, exp: expiresAt, jti: randomUUID() },
    }
    const token = signJwt({ header: { alg: algorithm, typ: ACCESS_TOKEN_TYPE, kid }, claims }, key)
    return { token, expiresAt: new Date(expiresAt * 1000) }
  }
}
