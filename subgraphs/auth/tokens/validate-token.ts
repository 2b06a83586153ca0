import { errors, jwtVerify } from 'jose'
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  AccessTokenClaims,
  audienceOf,
  CLOCK_SKEW_SECONDS,
  issuerOf,
} from '../../shared/identity/access-token-claims.js'
import type { CurrentKeys } from './signing-keys.js'

export type InvalidReason =
  | 'MALFORMED'
  | 'BAD_SIGNATURE'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'WRONG_ISSUER'
  | 'WRONG_AUDIENCE'
  | 'REVOKED'
  | 'UNKNOWN_KEY'

export type ReadToken = { valid: true; claims: AccessTokenClaims } | { valid: false; reason: InvalidReason }

const MAX_TOKEN = 4096

/** An operator's own are shown too. */
const AllClaims = AccessTokenClaims.loose()

/** Says whether an access token is one of ours and in its time; whether its session lives is another question. */
export function createTokenReader(keys: CurrentKeys, publicUrl: string) {
  const options = {
    algorithms: ['EdDSA', 'ES256'],
    typ: ACCESS_TOKEN_TYPE,
    issuer: issuerOf(publicUrl),
    audience: audienceOf(publicUrl),
    clockTolerance: CLOCK_SKEW_SECONDS,
    maxTokenAge: ACCESS_TOKEN_SECONDS, // without it `iat` is not looked at
  }

  return async function readToken(token: string): Promise<ReadToken> {
    if (token.length > MAX_TOKEN) return { valid: false, reason: 'MALFORMED' }
    try {
      const { payload } = await jwtVerify(token, keys().verify, options)
      const claims = AllClaims.safeParse(payload)
      return claims.success ? { valid: true, claims: claims.data } : { valid: false, reason: 'MALFORMED' }
    } catch (error) {
      return { valid: false, reason: reasonOf(error) }
    }
  }
}

function reasonOf(error: unknown): InvalidReason {
  if (error instanceof errors.JWTExpired) return 'EXPIRED'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'BAD_SIGNATURE'
  if (error instanceof errors.JWKSNoMatchingKey) return 'UNKNOWN_KEY'
  if (error instanceof errors.JWTClaimValidationFailed) return CLAIM_REASONS[error.claim] ?? 'MALFORMED'
  return 'MALFORMED'
}

const CLAIM_REASONS: Record<string, InvalidReason> = {
  iss: 'WRONG_ISSUER',
  aud: 'WRONG_AUDIENCE',
  nbf: 'NOT_YET_VALID',
  iat: 'NOT_YET_VALID',
}
