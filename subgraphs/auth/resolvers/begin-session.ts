import type { AuthContext } from '../context.js'
import type { Account, Session } from '../domain/ports.js'
import type { IssuedTokens } from '../domain/token-ports.js'
import type { AuthTokens } from '../schema/tokens.js'

type Begun = {
  session: Session
  account: Account
  tokens: IssuedTokens
  deviceToken: string | null
  delivery: 'COOKIE' | 'BODY'
}

/** A device is remembered this long; browsers drop cookies beyond 400 days. */
const DEVICE_DAYS = 365

/**
 * Makes the rest of this operation the new session's, here and, through the router, in every other subgraph; hands
 * secrets to the router as cookies or to the client in the body, never both.
 */
export async function beginSession(context: AuthContext, begun: Begun): Promise<AuthTokens> {
  const { session, account, tokens, deviceToken, delivery } = begun
  const viewer = context.auth.viewerOf(session, account)
  context.viewer = viewer
  context.effects.newViewer = await context.auth.signNewViewer(viewer, context.caller.requestId)

  if (delivery === 'COOKIE') setCookies(context, tokens, deviceToken)
  const inBody = delivery === 'BODY'
  return {
    accessToken: tokens.accessToken.token,
    accessTokenExpiresAt: tokens.accessToken.expiresAt,
    tokenType: 'BEARER',
    refreshToken: inBody ? tokens.refreshToken : null,
    refreshTokenExpiresAt: tokens.refreshTokenExpiresAt,
    deviceToken: inBody ? deviceToken : null,
  }
}

function setCookies({ effects }: AuthContext, tokens: IssuedTokens, deviceToken: string | null): void {
  const expiresAt = tokens.refreshTokenExpiresAt.toISOString()
  effects.cookies.push({ name: 'refreshToken', value: tokens.refreshToken, expiresAt })
  if (deviceToken) {
    const until = new Date(Date.now() + DEVICE_DAYS * 86_400_000).toISOString()
    effects.cookies.push({ name: 'deviceToken', value: deviceToken, expiresAt: until })
  }
}
