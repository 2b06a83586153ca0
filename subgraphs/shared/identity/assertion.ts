import { createPrivateKey, randomUUID } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWK, jwtVerify } from 'jose'
import * as z from 'zod'
import { type CallerName, SUBGRAPH_NAMES, type SubgraphName } from '../contracts/subgraph-names.js'
import { signJwt } from './sign-jwt.js'
import type { Caller } from './viewer.js'

const TYPE = 'internal+jwt'
const LIFETIME_SECONDS = 30
const CLOCK_TOLERANCE_SECONDS = 5
const MAX_USER_AGENT = 256

const Claims = z.object({
  iss: z.enum([...SUBGRAPH_NAMES, 'router']),
  rid: z.string(),
  ip: z.string(),
  ua: z.string().nullable(),
  origin: z.string().nullable(),
  sub: z.string().optional(),
  sid: z.string().optional(),
  client_id: z.string().optional(),
  scope: z.string().optional(),
  amr: z.array(z.string()).optional(),
  auth_time: z.number().optional(),
  acr: z.string().optional(),
  step_up: z.array(z.string()).optional(),
  step_up_acr: z.string().optional(),
})

/** Vouches for one call on the inside: who calls, whom, and on whose behalf (SECURITY 3.1). */
export type AssertionSigner = (audience: SubgraphName, caller: Caller) => Promise<string>

export type VerifiedAssertion = { from: CallerName; caller: Caller }

/** Null when the assertion is missing, late, forged, or meant for someone else. */
export type AssertionVerifier = (assertion: string | undefined) => Promise<VerifiedAssertion | null>

export async function createAssertionSigner(name: CallerName, privateJwk: JWK): Promise<AssertionSigner> {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('assertions are signed with an Ed25519 key')
  const header = { alg: 'EdDSA', typ: TYPE, kid: name }

  return async (audience, caller) => {
    const now = Math.floor(Date.now() / 1000)
    const given = { iss: name, aud: audience, iat: now, exp: now + LIFETIME_SECONDS, jti: randomUUID() }
    return signJwt({ header, claims: { ...claimsOf(caller), ...given } }, key)
  }
}

export function createAssertionVerifier(name: SubgraphName, jwks: JSONWebKeySet): AssertionVerifier {
  const keys = createLocalJWKSet(jwks)

  return async (assertion) => {
    if (!assertion) return null
    try {
      const { payload, protectedHeader } = await jwtVerify(assertion, keys, {
        algorithms: ['EdDSA'],
        typ: TYPE,
        audience: name,
        maxTokenAge: LIFETIME_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'iat', 'jti'],
      })
      const claims = Claims.parse(payload)
      // A key speaks for its owner only: the key id is the caller's name.
      return protectedHeader.kid === claims.iss ? { from: claims.iss, caller: callerOf(claims) } : null
    } catch {
      return null // whatever is wrong with it, it vouches for nobody
    }
  }
}

/** What of them is undefined is not in the assertion. */
const claimsOf = ({ requestId, clientIp, userAgent, origin, viewer }: Caller) => ({
  rid: requestId,
  ip: clientIp,
  ua: userAgent?.slice(0, MAX_USER_AGENT) ?? null,
  origin,
  sub: viewer?.userId,
  sid: viewer?.sessionId,
  client_id: viewer?.clientId,
  scope: viewer?.scopes.join(' '),
  amr: viewer?.methods,
  auth_time: viewer?.authenticatedAt,
  acr: viewer?.assurance,
  step_up: viewer?.stepUp?.methods,
  step_up_acr: viewer?.stepUp?.assurance,
})

function callerOf(claims: z.output<typeof Claims>): Caller {
  return {
    requestId: claims.rid,
    clientIp: claims.ip,
    userAgent: claims.ua,
    origin: claims.origin,
    viewer: viewerOf(claims),
  }
}

function viewerOf({
  sub,
  sid,
  client_id,
  scope,
  amr,
  auth_time,
  acr,
  step_up,
  step_up_acr,
}: z.output<typeof Claims>): Caller['viewer'] {
  if (!sub || !sid) return null

  return {
    userId: sub,
    sessionId: sid,
    clientId: client_id ?? '',
    scopes: scope ? scope.split(' ') : [],
    methods: amr ?? [],
    authenticatedAt: auth_time ?? 0,
    assurance: acr ?? 'aal1',
    stepUp: step_up_acr ? { methods: step_up ?? [], assurance: step_up_acr } : null,
  }
}
