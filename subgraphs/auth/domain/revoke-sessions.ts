import type { Actor } from '../../shared/audit/act.js'
import { AppError } from '../../shared/errors/app-error.js'
import type { Account, RevokeResult, SessionStore } from './ports.js'

type Viewer = { userId: string; sessionId: string; scopes: readonly string[] }

type Deps = {
  sessions: Pick<SessionStore, 'endOwn' | 'endOthers' | 'endAll' | 'find'>
  getAccount: (id: string) => Promise<Pick<Account, 'id' | 'scopes'> | null>
  /** Whether who has the one may act on who has the other. */
  covers: (scopes: readonly string[], others: readonly string[]) => boolean
}

/** Who may end anybody's sessions, but for those of people who may do more than they may themselves. */
const ENDS_ANYBODYS = 'sessions:write'

/** Ends sessions from afar: one, the others of one's own, or all of somebody's (SECURITY 5.4). */
export function makeRevokeSessions({ sessions, getAccount, covers }: Deps) {
  /** Null where there is no such person. */
  async function admit(userId: string, scopes: readonly string[]) {
    const account = await getAccount(userId)
    if (account && !covers(scopes, account.scopes)) throw new AppError('FORBIDDEN')
    return account
  }

  return {
    /**
     * Somebody else's session is as unknown as one that never was (SECURITY 1.3), but to who may end it. Ending twice
     * is no error.
     */
    async one({ userId, scopes }: Viewer, sessionId: string, by: Actor): Promise<RevokeResult> {
      const ending = { reason: 'REVOKED', by } as const
      if (await sessions.endOwn(userId, sessionId, ending)) return revoked([sessionId])

      const session = await sessions.find(sessionId)
      if (session?.userId === userId) return revoked([])
      if (!session || !scopes.includes(ENDS_ANYBODYS)) return notFound('id')
      await admit(session.userId, scopes)
      return revoked((await sessions.endOwn(session.userId, sessionId, ending)) ? [sessionId] : [])
    },

    async others({ userId, sessionId }: Viewer, by: Actor): Promise<RevokeResult> {
      return revoked(await sessions.endOthers(userId, sessionId, { reason: 'REVOKED', by }))
    },

    async allOf(userId: string, scopes: readonly string[], by: Actor): Promise<RevokeResult> {
      if (!(await admit(userId, scopes))) return notFound('userId')
      return revoked(await sessions.endAll(userId, { reason: 'REVOKED', by }))
    },
  }
}

const revoked = (sessionIds: string[]): RevokeResult => ({ kind: 'revoked', sessionIds })
const notFound = (field: string): RevokeResult => ({
  kind: 'refused',
  problems: [{ code: 'NOT_FOUND', field: [field] }],
})
