import type { JSONWebKeySet } from 'jose'
import { answerCalls } from '../../shared/calls/transport.js'
import { authCalls } from '../../shared/contracts/auth.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AccessStore } from '../domain/access-ports.js'
import type { ApiClientStore } from '../domain/api-client-ports.js'
import type { FailureStore } from '../domain/failure-ports.js'
import type { PasswordChangeStore } from '../domain/password-change-ports.js'
import type { SessionStore } from '../domain/ports.js'
import type { makeTicketHolder } from '../domain/ticket-holder.js'

type Parts = {
  sessions: Pick<SessionStore, 'find' | 'findMany' | 'endedSince'>
  clients: Pick<ApiClientStore, 'isSecretActive'>
  access: AccessStore
  passwords: PasswordChangeStore
  failures: FailureStore
  ticketHolder: ReturnType<typeof makeTicketHolder>
}

/** What auth answers the router and other subgraphs at once. Keys are read afresh: what was taken back is not published by a process that has not looked yet. */
export const answerAuthCalls = (
  { sessions, clients, access, passwords, failures, ticketHolder }: Parts,
  freshKeys: () => Promise<JSONWebKeySet>,
) =>
  answerCalls(authCalls, {
    signingKeys: async () => ({ keys: (await freshKeys()).keys.map((key) => ({ ...key })) }),
    endedSessions: ({ cursor }) => sessions.endedSince(cursor),

    async isSessionActive({ sessionId, userId, accessVersion }) {
      if (isId(ID_PREFIXES.clientSecret, sessionId)) {
        return { active: await clients.isSecretActive(sessionId) }
      }
      const [session, outdated] = await Promise.all([
        sessions.find(sessionId),
        userId !== undefined && access.isOutdated({ userId, version: accessVersion }),
      ])
      return { active: session?.state === 'ACTIVE' && !outdated }
    },

    ticketHolder,

    async sessionOwners({ ids }) {
      const found = await sessions.findMany(ids.filter((id) => isId(ID_PREFIXES.session, id)))
      return found.map(({ id, userId }) => ({ id, userId }))
    },

    async factorsChanged(change) {
      await access.changeFactors(change)
      return {}
    },

    async accessChanged(change) {
      await access.change(change)
      return {}
    },

    passwordChanged: async ({ eventId, by, ...change }) => ({
      revoked: await passwords.apply(eventId, change, by),
    }),

    // No device is shown here: whoever is signed in has proved themselves lately, and needs no tries beyond the account's.
    async takePasswordTry({ userId }) {
      const { allowed } = await failures.reserve(userId, null)
      return { allowed }
    },

    async giveBackPasswordTry({ userId }) {
      await failures.giveBack({ subject: userId, shownDevice: null, allowed: true })
      return {}
    },

    async settlePasswordTry({ userId, matches, by }) {
      const attempt = { action: 'password.change', outcome: 'FAILURE', subjectId: userId, by } as const
      if (matches) await passwords.forgive(userId)
      else await failures.fail({ attempt, subject: userId, unverifiedUserId: null })
      return {}
    },
  })
