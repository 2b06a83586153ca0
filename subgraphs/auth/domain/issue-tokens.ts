import type { Account, Session } from './ports.js'
import { allowedTo } from './session-scopes.js'
import type { StepUpFactors } from './step-up-factors.js'
import { stepUpFactorsOf } from './step-up-factors.js'
import type { AccessToken, IssuedTokens } from './token-ports.js'

export type SignAccessToken = (claims: {
  session: Session
  scopes: readonly string[]
  accessVersion: number
  /** An operator's own. */
  claims: Record<string, unknown>
  /** What would satisfy a step-up. */
  stepUp: StepUpFactors
}) => Promise<AccessToken>

/** Signs what a session may do now. Scopes and claims come from users at each issue, so that a changed role takes effect. */
export async function issueTokens(
  sign: SignAccessToken,
  session: Session,
  account: Account,
  refreshToken: string,
): Promise<IssuedTokens> {
  return {
    accessToken: await sign({
      session,
      ...allowedTo(session, account),
      accessVersion: account.accessVersion,
      stepUp: stepUpFactorsOf(account),
    }),
    refreshToken,
    refreshTokenExpiresAt: session.idleExpiresAt,
  }
}
