import { hash } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import * as z from 'zod'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import {
  ACCESS_TOKEN_SECONDS,
  ACCESS_TOKEN_TYPE,
  AccessTokenClaims,
  audienceOf,
  CLOCK_SKEW_SECONDS,
  issuerOf,
  viewerOfToken,
} from '../../subgraphs/shared/identity/access-token-claims.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import type { KeySet } from './key-set.js'
import { textsOf } from './token-text.js'

const CACHED_TOKENS = 10_000

/**
 * All that stands in a header of ours. By others a token would choose its own key or ask to be read in another way:
 * jku, jwk, x5u, x5c, crit, b64 (RFC 8725).
 */
const Header = z.strictObject({
  alg: z.enum(['EdDSA', 'ES256']),
  typ: z.literal(ACCESS_TOKEN_TYPE),
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
})

export type VerifiedToken = {
  viewer: Viewer
  /** At which version of the person's roles and status it was issued; null for a token that nothing of ours can end. */
  accessVersion: number | null
}

type Known = VerifiedToken & { kid: string; expiresAt: number }

/** Throws UNAUTHENTICATED for anything that is no good token of ours; never answers null for one. */
export type VerifyAccessToken = (token: string) => Promise<VerifiedToken>

/** Verifies access tokens (SECURITY 4.2). A good one is verified once and known by its digest until it expires. */
export function createAccessTokenVerifier(keySet: KeySet, publicUrl: string): VerifyAccessToken {
  const known = new LRUCache<string, Known>({ max: CACHED_TOKENS })
  const options = {
    algorithms: ['EdDSA', 'ES256'],
    typ: ACCESS_TOKEN_TYPE,
    issuer: issuerOf(publicUrl),
    audience: audienceOf(publicUrl),
    clockTolerance: CLOCK_SKEW_SECONDS,
    // Also refuses one from the future, and one that lives longer than ours do.
    maxTokenAge: ACCESS_TOKEN_SECONDS,
    requiredClaims: ['exp', 'iat', 'sub', 'jti'],
  }

  return async (token) => {
    const digest = hash('sha256', token, 'base64')
    const cached = known.get(digest)
    const kid = cached?.kid ?? keyIdOf(token)
    const keys = await keySet.keys(kid)
    // A token of a key that was taken back is worth nothing, however good it was a minute ago (SECURITY 4.4).
    if (cached && Date.now() < cached.expiresAt && keys.has(kid)) return cached

    const claims = await jwtVerify(token, keys.verify, options).then(
      ({ payload }) => AccessTokenClaims.safeParse(payload).data,
      refuseToken,
    )
    if (!claims) throw new AppError('UNAUTHENTICATED')

    const verified = { viewer: viewerOfToken(claims), accessVersion: claims.ver }
    known.set(digest, { ...verified, kid, expiresAt: (claims.exp + CLOCK_SKEW_SECONDS) * 1000 })
    return verified
  }
}

/** Reads the header before anything is believed, and refuses what no token of ours has. */
function keyIdOf(token: string): string {
  const texts = textsOf(token)
  const read = Header.safeParse(texts && readOnce(texts.header))
  if (!texts || !read.success || readOnce(texts.claims) === null) throw new AppError('UNAUTHENTICATED')
  return read.data.kid
}

/**
 * JSON as our own signer writes it, else null. Of a name that comes twice one reader takes the first value and
 * another the last; written again, it comes once, and the text is another.
 */
function readOnce(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : null
  } catch {
    return null // no JSON at all
  }
}

/** A fault of ours is not the token's: only what jose says of the token makes it bad. */
export function refuseToken(error: unknown): never {
  if (error instanceof errors.JOSEError || error instanceof TypeError) throw new AppError('UNAUTHENTICATED')
  throw error
}
