import type { Actor } from '../../shared/audit/act.js'
import type { SessionStore } from './ports.js'
import type { RefreshToken, RefreshTokens } from './refresh-token.js'

export type LogoutInput = {
  everywhere: boolean
  viewer: { userId: string; sessionId: string } | null
  /** For a client whose access token has expired. */
  refreshToken: string | null
  by: Actor
}

type Deps = {
  sessions: Pick<SessionStore, 'end' | 'endAll' | 'find'>
  refreshTokens: RefreshTokens
  sessionIdOf: (token: RefreshToken) => string
}

/** Ends the session that the access token or the refresh token names, or all of its person's. */
export function makeLogout({ sessions, refreshTokens, sessionIdOf }: Deps) {
  return async function logout(input: LogoutInput): Promise<{ endedSessionIds: string[] }> {
    const session = input.viewer ?? (await holderOf(input.refreshToken))
    if (!session) return { endedSessionIds: [] }

    // Whoever holds the refresh token of a session is its person.
    const ending = { reason: 'LOGOUT', by: { ...input.by, userId: session.userId } } as const
    const endedSessionIds = input.everywhere
      ? await sessions.endAll(session.userId, ending)
      : (await sessions.end(session.sessionId, ending))
        ? [session.sessionId]
        : []
    return { endedSessionIds }
  }

  async function holderOf(text: string | null) {
    const token = text === null ? null : refreshTokens.parse(text)
    const session = token && (await sessions.find(sessionIdOf(token)))
    // A session that has ended gives no right over the others of its person.
    return session?.state === 'ACTIVE' ? { userId: session.userId, sessionId: session.id } : null
  }
}
