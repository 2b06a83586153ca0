import type { Account, AuthenticationMethod, Session } from './ports.js'

export type AccessToken = { token: string; expiresAt: Date }

/** What a client holds after signing in. The refresh token travels apart, since a browser never sees it. */
export type IssuedTokens = {
  accessToken: AccessToken
  refreshToken: string
  refreshTokenExpiresAt: Date
}

export type SignAccessToken = (claims: {
  session: Session
  scopes: readonly string[]
  /** What would satisfy a step-up. */
  stepUp: readonly AuthenticationMethod[]
}) => Promise<AccessToken>

/** Signs what a session may do now. Scopes come from users at each issue, so that a changed role takes effect. */
export async function issueTokens(
  sign: SignAccessToken,
  session: Session,
  account: Account,
  refreshToken: string,
): Promise<IssuedTokens> {
  return {
    accessToken: await sign({ session, scopes: account.scopes, stepUp: ['PASSWORD'] }),
    refreshToken,
    refreshTokenExpiresAt: session.idleExpiresAt,
  }
}
