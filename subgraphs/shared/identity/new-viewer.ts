import { createPrivateKey } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWK, jwtVerify } from 'jose'
import * as z from 'zod'
import type { CallerName } from '../contracts/subgraph-names.js'
import { signJwt } from './sign-jwt.js'
import type { Viewer } from './viewer.js'

const TYPE = 'viewer+jwt'
const ISSUER: CallerName = 'auth'
const AUDIENCE: CallerName = 'router'
const LIFETIME_SECONDS = 30

const Claims = z.object({
  rid: z.string(),
  sub: z.string(),
  sid: z.string(),
  client_id: z.string(),
  scope: z.string(),
  amr: z.array(z.string()),
  auth_time: z.number(),
  acr: z.string(),
  step_up: z.array(z.string()),
  step_up_acr: z.string().nullable(),
})

/** Says who has just signed in, for the rest of one request only (SECURITY 2.7). */
export type NewViewerSigner = (viewer: Viewer, requestId: string) => Promise<string>

/** Null when auth did not say this, or said it of another request. */
export type NewViewerVerifier = (jws: string, requestId: string) => Promise<Viewer | null>

export async function createNewViewerSigner(name: CallerName, privateJwk: JWK): Promise<NewViewerSigner> {
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' })
  const header = { alg: 'EdDSA', typ: TYPE, kid: name }

  return async (viewer, requestId) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      ...{ iss: name, aud: AUDIENCE, sub: viewer.userId, iat: now, exp: now + LIFETIME_SECONDS },
      rid: requestId,
      sid: viewer.sessionId,
      client_id: viewer.clientId,
      scope: viewer.scopes.join(' '),
      amr: [...viewer.methods],
      auth_time: viewer.authenticatedAt,
      acr: viewer.assurance,
      step_up: viewer.stepUp?.methods ?? [],
      step_up_acr: viewer.stepUp?.assurance ?? null,
    }
    return signJwt({ header, claims }, key)
  }
}

export function createNewViewerVerifier(jwks: JSONWebKeySet): NewViewerVerifier {
  const keys = createLocalJWKSet(jwks)

  return async (jws, requestId) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(jws, keys, {
        algorithms: ['EdDSA'],
        typ: TYPE,
        issuer: ISSUER,
        audience: AUDIENCE,
        maxTokenAge: LIFETIME_SECONDS,
        requiredClaims: ['exp'],
      })
      const claims = Claims.parse(payload)
      // Every caller's key is in the set: the key must be auth's, not just somebody's.
      if (protectedHeader.kid !== ISSUER || claims.rid !== requestId) return null
      return viewerOf(claims)
    } catch {
      return null // whatever is wrong with it, nobody has signed in
    }
  }
}

const viewerOf = (claims: z.output<typeof Claims>): Viewer => ({
  userId: claims.sub,
  sessionId: claims.sid,
  clientId: claims.client_id,
  scopes: claims.scope ? claims.scope.split(' ') : [],
  methods: claims.amr,
  authenticatedAt: claims.auth_time,
  assurance: claims.acr,
  stepUp: claims.step_up_acr === null ? null : { methods: claims.step_up, assurance: claims.step_up_acr },
})
