import { randomUUID } from 'node:crypto'
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  audienceOf,
  issuerOf,
} from '../../shared/identity/access-token-claims.js'
import { signJwt } from '../../shared/identity/sign-jwt.js'
import type { Viewer } from '../../shared/identity/viewer.js'
import type { SignAccessToken } from '../domain/issue-tokens.js'
import type { AuthenticationMethod, Session } from '../domain/ports.js'
import type { StepUpFactors } from '../domain/step-up-factors.js'
import type { CurrentKeys } from './signing-keys.js'

/** Names of RFC 8176 for what a person proved; it has none for what went to a mailbox, which is nobody's one-time password. */
const AMR: Record<AuthenticationMethod, string> = {
  PASSWORD: 'pwd',
  OTP_EMAIL: 'email',
  OTP_SMS: 'sms',
  TOTP: 'otp',
  PASSKEY: 'hwk',
  MAGIC_LINK: 'email',
  EXTERNAL: 'fed',
  RECOVERY_CODE: 'otp',
}

export const toSeconds = (time: Date): number => Math.floor(time.getTime() / 1000)

/** Signs access tokens as RFC 9068 says; 300 s, whatever the session's own life. */
export function createAccessTokenSigner(keys: CurrentKeys, publicUrl: string): SignAccessToken {
  return async ({ session, scopes, accessVersion, claims, stepUp }) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const expiresAt = issuedAt + ACCESS_TOKEN_SECONDS
    const { kid, algorithm, key } = keys().active
    const said = {
      // First, so that none of them can take the place of ours.
      ...claims,
      client_id: session.clientId,
      sid: session.id,
      scope: scopes.join(' '),
      ver: accessVersion,
      amr: session.methods.map((method) => AMR[method]),
      auth_time: toSeconds(session.authenticatedAt),
      acr: session.assurance.toLowerCase(),
      step_up: [...stepUp.methods],
      step_up_acr: stepUp.assurance.toLowerCase(),
      ...{ iss: issuerOf(publicUrl), aud: audienceOf(publicUrl), sub: session.userId },
      ...{ iat: issuedAt, exp: expiresAt, jti: randomUUID() },
    }
    const header = { alg: algorithm, typ: ACCESS_TOKEN_TYPE, kid }
    const token = signJwt({ header, claims: said }, key)
    return { token, expiresAt: new Date(expiresAt * 1000) }
  }
}

/** Who someone is from the moment their session has started; the same that their token will say. */
export const viewerOf = (session: Session, scopes: readonly string[], stepUp: StepUpFactors): Viewer => ({
  userId: session.userId,
  sessionId: session.id,
  clientId: session.clientId,
  scopes,
  methods: session.methods.map((method) => AMR[method]),
  authenticatedAt: toSeconds(session.authenticatedAt),
  assurance: session.assurance.toLowerCase(),
  stepUp: { methods: stepUp.methods, assurance: stepUp.assurance.toLowerCase() },
})
