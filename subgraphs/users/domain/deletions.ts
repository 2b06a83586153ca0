import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import type { Administrator } from './administration.js'
import type { Deleted, Deletion, DeletionMode, DeletionStore } from './deletion-ports.js'
import type { Account } from './ports.js'
import type { Roles } from './roles.js'

export type DeletionResult =
  | { kind: 'pending'; deletion: Deletion }
  | { kind: 'cancelled' }
  | { kind: 'refused'; problems: Problem[] }

export type DeleteResult =
  | { kind: 'deleted'; userId: string }
  | { kind: 'refused'; problems: Problem[] }
  | { kind: 'forbidden' }

type Deps = {
  store: DeletionStore
  roles: Pick<Roles, 'areCoveredBy'>
  graceDays: number
  isUserId: (id: string) => boolean
  seal: (secret: string) => Promise<string>
  /** Has auth end the sessions; throws where that cannot be had (SECURITY 9.7). */
  tellAuth: (change: { userId: string; version: number; endsSessions: boolean }) => Promise<unknown>
}

/** Leaving: asked for by the person, with time to think again, or done by staff at once. */
export function makeDeletions(deps: Deps) {
  const { store } = deps
  const endSessions = ({ userId, version }: Deleted) => deps.tellAuth({ userId, version, endsSessions: true })
  const sealContact = async (account: Account) => {
    const contact = lastContactOf(account)
    return contact && deps.seal(JSON.stringify(contact))
  }

  return {
    async request(userId: string, text: string | null, by: Actor): Promise<DeletionResult> {
      const reason = readDisplayText(text ?? '', MAX_REASON)
      if ('problem' in reason) return refused(reason.problem, 'reason')
      const wanted = { userId, reason: reason.value, graceDays: deps.graceDays }
      const requested = await store.request(wanted, by)
      if (requested.kind === 'refused') return refused(requested.reason)
      const [deletion] = await store.findMany([userId])
      // Cancelled again since, by another of this person's windows.
      return deletion ? { kind: 'pending', deletion } : { kind: 'cancelled' }
    },

    async cancel(userId: string, by: Actor): Promise<DeletionResult> {
      const cancelled = await store.cancel(userId, by)
      return cancelled.kind === 'cancelled' ? cancelled : refused(cancelled.reason)
    },

    async deleteNow(
      userId: string,
      mode: DeletionMode,
      { scopes, by }: Administrator,
    ): Promise<DeleteResult> {
      if (!deps.isUserId(userId)) return refused('NOT_FOUND', 'userId')
      const may = (names: readonly string[]) => deps.roles.areCoveredBy(scopes, names)
      const result = await store.deleteNow({ userId, by, may }, { mode, sealContact })
      if (result.kind === 'refused') {
        return result.reason === 'FORBIDDEN' ? { kind: 'forbidden' } : refused(result.reason, 'userId')
      }
      await endSessions(result.deleted)
      return { kind: 'deleted', userId }
    },

    /** Deletes every account whose time has come. What auth does not hear of now it hears of by the event. */
    async deleteDue(): Promise<void> {
      for (let gone = await store.deleteDue(sealContact); gone; gone = await store.deleteDue(sealContact)) {
        await endSessions(gone)
      }
    },
  }
}

const MAX_REASON = 500

/** Only an address that was proved is written to; whoever registered another's address says nothing to them. */
function lastContactOf(account: Account) {
  const { displayName, locale, timeZone } = account
  const email = account.emailVerifiedAt && account.email
  const phoneNumber = account.phoneNumberVerifiedAt && account.phoneNumber
  const proved = { emailVerified: email !== null, phoneNumberVerified: phoneNumber !== null }
  return email || phoneNumber ? { email, phoneNumber, ...proved, displayName, locale, timeZone } : null
}

const refused = (code: Problem['code'], field?: string): { kind: 'refused'; problems: Problem[] } => ({
  kind: 'refused',
  problems: [{ code, ...(field && { field: [field] }) }],
})
