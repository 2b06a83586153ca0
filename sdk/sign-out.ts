import { LogoutDocument } from './__generated__/operations.js'
import { isUnauthenticated } from './errors.js'
import type { Delivery } from './renew.js'
import { rootField } from './root-field.js'
import type { Session } from './session.js'
import type { Send } from './transport.js'

export type SignOutOptions = {
  /** On all of the person's devices. */
  everywhere?: boolean
}

type Deps = { session: Session; send: Send; delivery: Delivery }

/**
 * Ends the session and forgets its tokens. These are forgotten also where the server cannot be told: then it throws,
 * and a browser, which still holds its cookie, is signed in again at the next visit.
 */
export function makeSignOut({ session, send, delivery }: Deps) {
  return ({ everywhere = false }: SignOutOptions = {}): Promise<{ loggedOut: boolean }> =>
    session.inTurn(async () => {
      const { accessToken, refreshToken } = await session.read()
      const variables = { input: { everywhere, ...(delivery === 'BODY' && { refreshToken }) } }
      const logOut = (bearer: string | null) =>
        send({ document: LogoutDocument, variables, accessToken: bearer })

      try {
        const answer = await logOut(accessToken).catch((error: unknown) => {
          // It has expired; the refresh token, or the cookie, still says which session is meant.
          if (accessToken !== null && isUnauthenticated(error)) return logOut(null)
          throw error
        })
        return { loggedOut: rootField(answer, 'logout').loggedOut }
      } finally {
        await session.end('SIGNED_OUT')
      }
    })
}
