import * as z from 'zod'
import { isPersonId, type Viewer } from './viewer.js'

/** What an access token says, and how long it lives (SECURITY 4.1; RFC 9068). Auth writes it, the router reads it. */
export const ACCESS_TOKEN_TYPE = 'at+jwt'
export const ACCESS_TOKEN_SECONDS = 300
export const CLOCK_SKEW_SECONDS = 30

export const issuerOf = (publicUrl: string): string => new URL(publicUrl).origin
export const audienceOf = (publicUrl: string): string => `${new URL(publicUrl).origin}/graphql`

export const AccessTokenClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  client_id: z.string(),
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  sid: z.string(),
  scope: z.string(),
  /** At which version of the person's roles and status it was issued; see `accessChanged`. */
  ver: z.number().default(0),
  // A machine client's token says none of what a person proves.
  amr: z.array(z.string()).default([]),
  auth_time: z.number().default(0),
  acr: z.string().default('none'),
  /** The methods that would satisfy a step-up. */
  step_up: z.array(z.string()).default([]),
  /** The level those methods reach. */
  step_up_acr: z.string().default('aal1'),
})

/** Names that an operator's own claims may not have: ours, and those that verifiers everywhere understand (RFC 7519, 7800, 8693). */
export const RESERVED_CLAIMS: readonly string[] = [
  ...Object.keys(AccessTokenClaims.shape),
  ...['nbf', 'typ', 'cnf', 'act', 'may_act', 'azp', 'nonce', 'events', 'sub_id', 'scp'],
]

export type AccessTokenClaims = z.output<typeof AccessTokenClaims>

export const viewerOfToken = (claims: AccessTokenClaims): Viewer => ({
  userId: claims.sub,
  sessionId: claims.sid,
  clientId: claims.client_id,
  scopes: claims.scope ? claims.scope.split(' ') : [],
  methods: claims.amr,
  authenticatedAt: claims.auth_time,
  assurance: claims.acr,
  stepUp: isPersonId(claims.sub) ? { methods: claims.step_up, assurance: claims.step_up_acr } : null,
})
