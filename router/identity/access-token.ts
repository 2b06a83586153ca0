import { createHash } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import {
  ACCESS_TOKEN_TYPE,
  AccessTokenClaims,
  audienceOf,
  CLOCK_SKEW_SECONDS,
  issuerOf,
  viewerOfToken,
} from '../../subgraphs/shared/identity/access-token-claims.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { KeySet } from './key-set.js'

const MAX_LENGTH = 4096
const CACHED_TOKENS = 10_000
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const KEY_ID = /^[A-Za-z0-9_-]{1,64}$/

/** Headers by which a token would choose its own key, or ask to be read in another way (RFC 8725). */
const FORBIDDEN_HEADERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64']

/** Throws UNAUTHENTICATED for anything that is no good token of ours; never answers null for one. */
export type VerifyAccessToken = (token: string) => Promise<Viewer>

/** Verifies access tokens (SECURITY 4.2). A good one is verified once and known by its digest until it expires. */
export function createAccessTokenVerifier(keySet: KeySet, publicUrl: string): VerifyAccessToken {
  const known = new LRUCache<string, { viewer: Viewer; expiresAt: number }>({ max: CACHED_TOKENS })
  const options = {
    algorithms: ['EdDSA'],
    typ: ACCESS_TOKEN_TYPE,
    issuer: issuerOf(publicUrl),
    audience: audienceOf(publicUrl),
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['exp', 'iat', 'sub', 'jti'],
  }

  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64')
    const cached = known.get(digest)
    if (cached && Date.now() < cached.expiresAt) return cached.viewer

    const kid = keyIdOf(token)
    const keys = await keySet.keys(kid)
    const claims = await jwtVerify(token, keys, options).then(
      ({ payload }) => AccessTokenClaims.safeParse(payload).data,
      (error: unknown) => refuse(error),
    )
    if (!claims) throw new AppError('UNAUTHENTICATED')

    const viewer = viewerOfToken(claims)
    known.set(digest, { viewer, expiresAt: (claims.exp + CLOCK_SKEW_SECONDS) * 1000 })
    return viewer
  }
}

/** Reads the header before anything is believed, and refuses what no token of ours has. */
function keyIdOf(token: string): string {
  if (token.length > MAX_LENGTH || !COMPACT_JWS.test(token)) throw new AppError('UNAUTHENTICATED')
  const header = readHeader(token)
  const { kid } = header
  const isOurs =
    typeof kid === 'string' && KEY_ID.test(kid) && !FORBIDDEN_HEADERS.some((name) => name in header)
  if (!isOurs) throw new AppError('UNAUTHENTICATED')
  return kid
}

function readHeader(token: string): Record<string, unknown> {
  try {
    return decodeProtectedHeader(token)
  } catch (error) {
    return refuse(error)
  }
}

/** A fault of ours is not the token's: only what jose says of the token makes it bad. */
function refuse(error: unknown): never {
  if (error instanceof errors.JOSEError || error instanceof TypeError) throw new AppError('UNAUTHENTICATED')
  throw error
}
