import type { Caller, Viewer } from '../identity/viewer.js'

/** Values of the cookies the router owns; only auth is ever handed them (SECURITY 5.1). */
export type CookieValues = {
  refreshToken?: string
  deviceToken?: string
}

/** A cookie for the router to set; a null value removes it. */
export type CookieChange = {
  name: keyof CookieValues
  value: string | null
  expiresAt: string | null
}

/** One request as it reaches a subgraph, over HTTP or in the same process. */
export type SubgraphRequest = {
  caller: Caller
  cookies?: CookieValues
  idempotencyKey?: string
}

/** What every resolver is handed; a subgraph adds its use cases. */
export type RequestContext = {
  caller: Caller
  /** Who asks. A sign-in replaces it, so that the rest of its operation is answered as the new viewer. */
  viewer: Viewer | null
  cookies: CookieValues
  /** Names this request, so that sending it again has one effect (SECURITY 13.4); at most 128 characters. */
  idempotencyKey: string | null
  /** What the router should do beside answering. */
  effects: ResponseEffects
}

export type ResponseEffects = {
  cookies: CookieChange[]
  /** Signed by auth for the router: who has just signed in (SECURITY 2.7). */
  newViewer?: string
}

export const requestContext = ({
  caller,
  cookies = {},
  idempotencyKey,
}: SubgraphRequest): RequestContext => ({
  caller,
  viewer: caller.viewer,
  cookies,
  idempotencyKey: idempotencyKey ?? null,
  effects: { cookies: [] },
})
