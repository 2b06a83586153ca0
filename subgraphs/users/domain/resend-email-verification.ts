import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { type LinkDeps, newLink } from './links.js'
import type { AccountStore } from './ports.js'

export type ResendResult = { kind: 'accepted' } | { kind: 'refused'; problems: Problem[] }

type Deps = LinkDeps & {
  accounts: Pick<AccountStore, 'findByIdentifier' | 'renewLink'>
  newId: () => string
  verificationUrl: string
}

/** Sends the verification link again. The answer and its cost are the same for an address nobody has. */
export function makeResendEmailVerification(deps: Deps) {
  return async function resendEmailVerification(email: string): Promise<ResendResult> {
    const value = normalizeEmail(email)
    if (!value) return { kind: 'refused', problems: [{ code: 'INVALID_EMAIL', field: ['email'] }] }

    const account = await deps.accounts.findByIdentifier({ kind: 'email', value })
    // For a stranger the same statement runs, for an account that does not exist.
    await deps.accounts.renewLink(account?.id ?? deps.newId(), await newLink(deps, deps.verificationUrl))
    return { kind: 'accepted' }
  }
}
