import type { Actor } from '../../shared/audit/act.js'
import type { ChangeStore } from './change-ports.js'
import type { ChoiceRefusal, makeChoosePassword } from './choose-password.js'
import type { CredentialStore } from './ports.js'
import { identityOf } from './recoverable.js'
import type { Account, PasswordChange } from './recovery-ports.js'

export type RequiredChange = {
  userId: string
  newPassword: string
  /** Digest of the ticket of the sign-in that asks for it. */
  keptTicket: string
  by: Actor
}

export type ChangeRequiredResult =
  | { kind: 'changed' }
  | { kind: 'refused'; reasons: ChoiceRefusal[] }
  | { kind: 'not-required' }

type Deps = {
  credentials: Pick<CredentialStore, 'find'>
  changes: Pick<ChangeStore, 'change'>
  getAccount: (userId: string) => Promise<Account | null>
  choosePassword: ReturnType<typeof makeChoosePassword>
  /** Has auth end the person's sessions; throws where that cannot be had. */
  tellAuth: (change: PasswordChange, by: Actor) => Promise<number | null>
}

/**
 * Sets the password that a sign-in asks for, of somebody who has proved to auth who they are. Only where another one is
 * required: what auth may do here is no way around `changePassword`. Of many at once one does it.
 */
export function makeChangeRequired({ credentials, changes, getAccount, choosePassword, tellAuth }: Deps) {
  return async function changeRequired(change: RequiredChange): Promise<ChangeRequiredResult> {
    const { userId, newPassword, keptTicket, by } = change
    const current = await credentials.find(userId)
    const account = current?.mustChange ? await getAccount(userId) : null
    if (!current || !account) return { kind: 'not-required' }

    const chosen = await choosePassword({ userId, password: newPassword, identity: identityOf(account) })
    if (chosen.kind === 'refused') {
      return { kind: 'refused', reasons: chosen.problems.map(({ code }) => code) }
    }
    const { stored } = chosen
    const done = await changes.change({ userId, sessionId: null, keptTicket, from: current.phc, stored, by })
    if (!done) return { kind: 'not-required' }
    await tellAuth(done, by)
    return { kind: 'changed' }
  }
}
