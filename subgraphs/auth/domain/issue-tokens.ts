import type { AccessToken, Account, AuthenticationMethod, IssuedTokens, Session } from './ports.js'

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
