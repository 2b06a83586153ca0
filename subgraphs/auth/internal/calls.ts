import type { JSONWebKeySet } from 'jose'
import { answerCalls } from '../../shared/calls/transport.js'
import { authCalls } from '../../shared/contracts/auth.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { ApiClientStore, SessionStore } from '../domain/ports.js'

/** What auth answers the router and other subgraphs at once. */
export const answerAuthCalls = (
  sessions: Pick<SessionStore, 'find' | 'endedSince'>,
  clients: Pick<ApiClientStore, 'isSecretActive'>,
  jwks: JSONWebKeySet,
) =>
  answerCalls(authCalls, {
    signingKeys: async () => ({ keys: jwks.keys.map((key) => ({ ...key })) }),
    endedSessions: ({ cursor }) => sessions.endedSince(cursor),
    isSessionActive: async ({ sessionId }) => ({
      active: isId(ID_PREFIXES.clientSecret, sessionId)
        ? await clients.isSecretActive(sessionId)
        : (await sessions.find(sessionId))?.state === 'ACTIVE',
    }),
  })
