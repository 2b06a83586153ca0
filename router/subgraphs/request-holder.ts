import type { CookieChange, CookieValues } from '../../subgraphs/shared/graphql/request-context.js'
import type { Caller } from '../../subgraphs/shared/identity/viewer.js'

/**
 * What the fetches of one operation share and may change.
 *
 * It lies inside the context, not beside it: executing an operation copies the context, so only what the copy
 * still points to is seen by the next fetch and by whoever answers.
 */
export type RequestHolder = {
  caller: Caller
  cookies: CookieValues
  idempotencyKey: string | null
  /** The `@startsSession` field of the operation; null once it has signed someone in. */
  startsSession: string | null
  cookieChanges: CookieChange[]
}

export type RouterContext = { holder: RequestHolder }
