import { makeCompleteStepUp } from './complete-step-up.js'
import { makeExecute } from './execute.js'
import { createMethods } from './methods.js'
import { type Delivery, makeRenew } from './renew.js'
import { createSession } from './session.js'
import { makeSignIn } from './sign-in.js'
import { makeSignOut } from './sign-out.js'
import { createMemoryTokenStore, type TokenStore } from './token-store.js'
import { createTransport } from './transport.js'

export type UsergraphClientOptions = {
  /** Such as `https://id.example.com/graphql`. */
  url: string
  /**
   * How refresh and device tokens travel. COOKIE, the default, is for browsers: no script ever sees them. BODY is for
   * native apps and servers, which keep them in `tokenStore`.
   */
  delivery?: Delivery
  /** In memory when left out. */
  tokenStore?: TokenStore
  /** Sent with every request. Across origins, a browser sends only those that the server lists. */
  headers?: Readonly<Record<string, string>>
  fetch?: typeof globalThis.fetch
  /** A little longer than the server lets anything take. */
  timeoutMs?: number
  /** The time in ms, for tests. */
  now?: () => number
}

export type UsergraphClient = ReturnType<typeof createUsergraphClient>

export function createUsergraphClient({
  url,
  delivery = 'COOKIE',
  tokenStore = createMemoryTokenStore(),
  headers = {},
  // Looked up at each call, so that what wraps `fetch` later, to trace it for one, is used.
  fetch = (...request) => globalThis.fetch(...request),
  timeoutMs = 15_000,
  now = Date.now,
}: UsergraphClientOptions) {
  const credentials = delivery === 'COOKIE' ? 'include' : 'omit'
  const send = createTransport({ url, credentials, headers, fetch, timeoutMs })
  const session = createSession({ store: tokenStore, now })
  const renew = makeRenew({ session, send, delivery })
  const execute = makeExecute({ session, send, renew })

  return {
    ...createMethods(execute),
    execute,
    ...makeSignIn({ session, send, delivery }),
    completeStepUp: makeCompleteStepUp({ session, send, renew }),
    signOut: makeSignOut({ session, send, delivery }),

    /** Picks up the session of an earlier visit, by its cookie or its stored token. Says whether there is one. */
    resume: async (): Promise<boolean> => {
      const { accessToken } = await session.read()
      return accessToken !== null || renew(null)
    },

    /** Calls `listener` when a session that was there is gone; returns how to stop that. */
    onSignedOut: session.onSignedOut,
  }
}
