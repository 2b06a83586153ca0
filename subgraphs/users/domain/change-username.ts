import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { Account, AccountStore } from './ports.js'

export type ChangeUsernameResult =
  | { kind: 'changed'; account: Account }
  | { kind: 'refused'; problems: Problem[] }

type Deps = { accounts: Pick<AccountStore, 'changeUsername'> }

/** Another username for somebody. Taken and reserved are one answer: who had a name is nobody's business. */
export function makeChangeUsername({ accounts }: Deps) {
  return async function changeUsername(
    userId: string,
    input: string,
    by: Actor,
  ): Promise<ChangeUsernameResult> {
    const username = normalizeUsername(input)
    if (username === null) return refused('USERNAME_NOT_ALLOWED')

    const result = await accounts.changeUsername(userId, username, by)
    return result.kind === 'changed' ? result : refused(result.reason)
  }
}

const refused = (code: Problem['code']): ChangeUsernameResult => ({
  kind: 'refused',
  problems: [code === 'NOT_FOUND' ? { code } : { code, field: ['username'] }],
})
