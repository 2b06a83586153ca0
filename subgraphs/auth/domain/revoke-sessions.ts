import type { Actor } from '../../shared/audit/act.js'
import type { Account, RevokeResult, SessionStore } from './ports.js'

type Viewer = { userId: string; sessionId: string }

type Deps = {
  sessions: Pick<SessionStore, 'endOwn' | 'endOthers' | 'endAll' | 'find'>
  getAccount: (id: string) => Promise<Pick<Account, 'id'> | null>
}

/** Ends sessions from afar: one of one's own, the others of one's own, or all of somebody's (SECURITY 5.4). */
export function makeRevokeSessions({ sessions, getAccount }: Deps) {
  return {
    /** Somebody else's session is as unknown as one that never was (SECURITY 1.3). Ending twice is no error. */
    async one({ userId }: Viewer, sessionId: string, by: Actor): Promise<RevokeResult> {
      if (await sessions.endOwn(userId, sessionId, { reason: 'REVOKED', by })) return revoked([sessionId])

      const session = await sessions.find(sessionId)
      return session?.userId === userId ? revoked([]) : notFound('id')
    },

    async others({ userId, sessionId }: Viewer, by: Actor): Promise<RevokeResult> {
      return revoked(await sessions.endOthers(userId, sessionId, { reason: 'REVOKED', by }))
    },

    /** For those who may end anyone's. Only where nothing was ended is it asked whether there is such a person. */
    async allOf(userId: string, by: Actor): Promise<RevokeResult> {
      const sessionIds = await sessions.endAll(userId, { reason: 'REVOKED', by })
      return sessionIds.length > 0 || (await getAccount(userId)) ? revoked(sessionIds) : notFound('userId')
    },
  }
}

const revoked = (sessionIds: string[]): RevokeResult => ({ kind: 'revoked', sessionIds })
const notFound = (field: string): RevokeResult => ({
  kind: 'refused',
  problems: [{ code: 'NOT_FOUND', field: [field] }],
})
