import { type Actor, ITSELF } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { issueTokens, type SignAccessToken } from './issue-tokens.js'
import { maySignIn } from './may-sign-in.js'
import type { Account, Session, SessionStore } from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'
import { asOfNow } from './shown-factor.js'
import type { IssuedTokens } from './token-ports.js'

export type RefreshResult =
  | { kind: 'refreshed'; session: Session; account: Account; tokens: IssuedTokens }
  | { kind: 'refused'; problems: Problem[] }

type Deps = {
  sessions: Pick<SessionStore, 'find' | 'rotate' | 'judgeRefused' | 'end'>
  refreshTokens: RefreshTokens
  /** The id of the session that a token's bytes name. */
  sessionIdOf: (token: RefreshToken) => string
  getAccount: (userId: string) => Promise<Account | null>
  sign: SignAccessToken
}

/**
 * Trades a refresh token for the next one (RFC 9700 section 4.14.2).
 *
 * Of many callers with one token, one rotates; the others, within 10 s and while the successor is unused, get the
 * same successor, since an answer can be lost. Any older token ends the session: two hold this family.
 */
export function makeRefresh(deps: Deps) {
  return async function refresh(text: string | null, by: Actor): Promise<RefreshResult> {
    const token = text === null ? null : deps.refreshTokens.parse(text)
    if (!token) return refused('EXPIRED')

    // Asked before the token is spent: were users away after it, the answer would be lost for longer than it may be
    // asked for again, and an honest client taken for a thief.
    const account = await ownerOf(deps, deps.sessionIdOf(token))
    if (!account) return refused('EXPIRED')

    const next = deps.refreshTokens.successor(token)
    const rotated = await rotate(deps, { token, next, by, account })
    if (rotated?.state !== 'ACTIVE') return refused('EXPIRED')
    // An answer that is given again may be of a moment ago.
    const session = asOfNow(rotated, account)
    const tokens = await issueTokens(deps.sign, session, account, deps.refreshTokens.format(next))
    return { kind: 'refreshed', session, account, tokens }
  }
}

/** Whose session it is, if it lives and they may have one. The session of one who may not ends here. */
async function ownerOf({ sessions, getAccount }: Deps, sessionId: string): Promise<Account | null> {
  const session = await sessions.find(sessionId)
  if (session?.state !== 'ACTIVE') return null
  const account = await getAccount(session.userId)
  if (account && maySignIn(account)) return account

  await sessions.end(sessionId, { reason: 'DISABLED', by: ITSELF })
  return null
}

async function rotate(
  { sessions, refreshTokens, sessionIdOf }: Deps,
  { token, next, by, account }: { token: RefreshToken; next: RefreshToken; by: Actor; account: Account },
): Promise<Session | null> {
  const sessionId = sessionIdOf(token)
  const rotation = { sessionId, from: refreshTokens.digest(token), to: refreshTokens.digest(next) }
  const { sessionLife: life, removedAtVersion } = account
  const rotated = await sessions.rotate({ ...rotation, life, removedAtVersion })
  if (rotated) return rotated

  const judged = await sessions.judgeRefused(rotation)
  switch (judged.kind) {
    case 'repeat':
      return judged.session
    case 'reused':
      await sessions.end(sessionId, { reason: 'REUSE', by })
      return null
    case 'ended':
      return null
  }
}

const refused = (code: Problem['code']): RefreshResult => ({ kind: 'refused', problems: [{ code }] })
