import { importJWK, type JWK, SignJWT } from 'jose'
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  type AccessTokenClaims,
  audienceOf,
  issuerOf,
} from '../../../subgraphs/shared/identity/access-token-claims.js'

export const PUBLIC_URL = 'http://localhost:4000'

const seconds = () => Math.floor(Date.now() / 1000)

export const goodClaims = (): AccessTokenClaims => ({
  iss: issuerOf(PUBLIC_URL),
  aud: audienceOf(PUBLIC_URL),
  sub: 'usr_ada',
  client_id: 'web',
  jti: 'one',
  iat: seconds(),
  exp: seconds() + ACCESS_TOKEN_SECONDS,
  sid: 'ses_ada',
  ver: 3,
  scope: 'people:read staff',
  amr: ['pwd'],
  auth_time: seconds(),
  acr: 'aal1',
  step_up_acr: 'aal1',
  step_up: ['pwd'],
})

/** Some claims or headers other than they should be; undefined leaves one out. */
export type Changes = { claims?: Record<string, unknown>; header?: Record<string, unknown> }

/** A token as auth signs it, but for the changes. */
export async function signToken(key: JWK, { claims, header }: Changes = {}): Promise<string> {
  const { kid } = key
  return new SignJWT({ ...goodClaims(), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: ACCESS_TOKEN_TYPE, ...(kid && { kid }), ...header })
    .sign(await importJWK(key, 'EdDSA'))
}
