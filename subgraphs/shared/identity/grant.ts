import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { GRANT_TYPE, GrantClaims } from '../contracts/otp.js'

const KEEP_KEYS_MS = 300_000
const REFETCH_MS = 30_000

type Options = {
  /** Who spends the grant: a grant for another spender is worth nothing here. */
  audience: string
  purpose: string
  /** Otp's public keys; asked at most once in 30 s. */
  keys: () => Promise<{ keys: Record<string, unknown>[] }>
}

export type ReadGrant = {
  userId: string
  jti: string
  /** By the clock of otp's database. */
  issuedAt: Date
  expiresAt: Date
  challengeId: string
  channel: 'EMAIL' | 'SMS' | null
  changeId: string | null
  addressDigest: string | null
  flow: string | null
}

/** Reads grants that otp signed for one purpose. Spending it is up to the caller, in the transaction of the act. */
export function createGrantReader({ audience, purpose, keys }: Options) {
  let held: { jwks: Promise<JSONWebKeySet>; at: number } | null = null

  // The promise is held, not the keys: readers at once share one fetch (SECURITY 13.11).
  const load = (olderThanMs: number): Promise<JSONWebKeySet> => {
    if (held && performance.now() - held.at < olderThanMs) return held.jwks
    const jwks = keys() as Promise<JSONWebKeySet> // otp's own public keys
    const fetch = { jwks, at: performance.now() }
    held = fetch
    // A fetch that failed is not held, unless a later one already took its place.
    jwks.catch(() => {
      if (held === fetch) held = null
    })
    return jwks
  }

  return async function readGrant(grant: string): Promise<ReadGrant | null> {
    const claims = await verify(grant, await load(KEEP_KEYS_MS)).catch(() => null)
    const fresh = claims ?? (await verify(grant, await load(REFETCH_MS)).catch(() => null))
    return (
      fresh && {
        ...{ userId: fresh.sub, jti: fresh.jti },
        ...{ issuedAt: new Date(fresh.at ?? fresh.iat * 1000), expiresAt: new Date(fresh.exp * 1000) },
        ...{ challengeId: fresh.challenge, channel: fresh.channel ?? null },
        changeId: fresh.change ?? null,
        addressDigest: fresh.address ?? null,
        flow: fresh.flow ?? null,
      }
    )
  }

  async function verify(grant: string, jwks: JSONWebKeySet) {
    const { payload } = await jwtVerify(grant, createLocalJWKSet(jwks), {
      algorithms: ['EdDSA'],
      typ: GRANT_TYPE,
      audience,
    })
    const claims = GrantClaims.parse(payload)
    return claims.purpose === purpose ? claims : null
  }
}
