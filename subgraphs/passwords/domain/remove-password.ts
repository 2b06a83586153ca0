import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { ChangePasswordResult, Owner } from './change-password.js'
import type { ChangeStore } from './change-ports.js'
import { numberOf } from './recoverable.js'
import type { Account, PasswordChange } from './recovery-ports.js'

type Deps = {
  changes: Pick<ChangeStore, 'remove'>
  getAccount: (userId: string) => Promise<Account | null>
  /** Whether a code may be texted there (SECURITY 8.8). */
  isTextable: (number: string) => boolean
  tellAuth: (change: PasswordChange, by: Actor) => Promise<number | null>
}

/**
 * A person does without a password, where a code can sign them in: it goes to a proved address or number. Every other session
 * ends before it is acknowledged, and they are told.
 *
 * Whether the address is still theirs is asked a moment before: one that is taken from the account at that moment leaves it
 * without a way in. Staff can give it another, as they can to who lost a mailbox.
 */
export function makeRemovePassword({ changes, getAccount, isTextable, tellAuth }: Deps) {
  return async function removePassword(owner: Owner, by: Actor): Promise<ChangePasswordResult> {
    const account = await getAccount(owner.userId)
    if (!account) return refused('NOT_FOUND')
    if (!signsInByCode(account, isTextable)) return refused('LAST_CREDENTIAL')
    const change = await changes.remove({ ...owner, keptTicket: null, by })
    if (!change) return refused('NOT_ENROLLED')
    return { kind: 'changed', userId: owner.userId, revokedSessions: await tellAuth(change, by) }
  }
}

function signsInByCode(account: Account, isTextable: Deps['isTextable']): boolean {
  const number = numberOf(account)
  return (account.email !== null && account.emailVerified) || (number !== null && isTextable(number))
}

const refused = (code: Problem['code']): ChangePasswordResult => ({ kind: 'refused', problems: [{ code }] })
