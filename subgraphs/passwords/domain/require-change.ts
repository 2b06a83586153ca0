import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import type { ChangeStore } from './change-ports.js'
import type { Account } from './recovery-ports.js'

export type RequireChangeResult =
  | { kind: 'required'; userId: string }
  | { kind: 'refused'; problems: Problem[] }
  /** It takes more rights than this one has. */
  | { kind: 'forbidden' }

type Deps = {
  changes: Pick<ChangeStore, 'requireChange'>
  isUserId: (text: string) => boolean
  getAccount: (userId: string) => Promise<Account | null>
  /** Whether who has the one may act on who has the other. */
  covers: (scopes: readonly string[], others: readonly string[]) => boolean
}

const MAX_REASON = 200

/** Asks somebody to choose another password. Nobody who may do more than who asks. */
export function makeRequireChange({ changes, isUserId, getAccount, covers }: Deps) {
  const find = async (userId: string) => (isUserId(userId) ? getAccount(userId) : null)

  return async function requireChange(
    userId: string,
    reason: string | null,
    { scopes, by }: { scopes: readonly string[]; by: Actor },
  ): Promise<RequireChangeResult> {
    const read = readDisplayText(reason ?? '', MAX_REASON)
    if ('problem' in read) return refused(read.problem, 'reason')
    const account = await find(userId)
    if (!account) return refused('NOT_FOUND', 'userId')
    if (!covers(scopes, account.scopes)) return { kind: 'forbidden' }

    const isRequired = await changes.requireChange(userId, { reason: read.value, by })
    return isRequired ? { kind: 'required', userId } : refused('NOT_ENROLLED', 'userId')
  }
}

const refused = (code: Problem['code'], field: string): RequireChangeResult => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
