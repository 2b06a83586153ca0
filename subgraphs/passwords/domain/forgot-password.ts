import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import { mailboxOf } from './recoverable.js'
import type { Account, ResetStore } from './recovery-ports.js'

export type ForgotPasswordInput = {
  identifier: IdentifierInput
  channel: 'EMAIL' | 'SMS'
  resetUrl: string | null
}

export type ForgotPasswordResult =
  | { kind: 'accepted'; code: SentCode | null }
  | { kind: 'refused'; problems: Problem[] }

/** Of a code: what validateOtp and a form need. */
export type SentCode = { challengeId: string; expiresAt: Date; resendAfter: number | null }

type Deps = {
  findAccount: (identifier: Identifier) => Promise<{ id: string } | null>
  getAccount: (userId: string) => Promise<Account | null>
  resets: Pick<ResetStore, 'request'>
  newUserId: () => string
  newToken: () => string
  digestOf: (token: string) => Uint8Array
  seal: (secret: string) => Promise<string>
  /** The first is ours and the default; others are the operator's. */
  resetUrls: readonly string[]
}

/**
 * Mails a link with which the password is set anew.
 *
 * Whoever is named, the answer is the same, and so is what is done for it: two calls, one token, one seal, one
 * statement (SECURITY 7.4). The difference goes to the mailbox.
 */
export function makeForgotPassword(deps: Deps) {
  return async function forgotPassword(input: ForgotPasswordInput, by: Actor): Promise<ForgotPasswordResult> {
    const { identifier, resetUrl, problems } = read(input, deps.resetUrls)
    if (!identifier || !resetUrl || problems.length > 0) return { kind: 'refused', problems }

    const found = await deps.findAccount(identifier)
    // The addresses of nobody are asked for as well.
    const account = await deps.getAccount(found?.id ?? deps.newUserId())
    const mailbox = account && mailboxOf(account)
    const token = deps.newToken()
    await deps.resets.request({
      userId: mailbox ? account.id : null,
      link: {
        digest: deps.digestOf(token),
        address: addressDigest(token, mailbox ?? ''),
        sealedToken: await deps.seal(token),
        resetUrl,
      },
      by,
    })
    return { kind: 'accepted', code: null }
  }
}

/** A link is for a mailbox: a text is short, and people should not learn to follow links in texts. */
function read({ identifier, channel, resetUrl }: ForgotPasswordInput, resetUrls: readonly string[]) {
  const named = readIdentifier(identifier)
  const wanted = resetUrl ?? resetUrls[0]
  const url = wanted !== undefined && resetUrls.includes(wanted) ? wanted : null
  const problems: Problem[] = 'problem' in named ? [named.problem] : []
  if (channel !== 'EMAIL') problems.push({ code: 'INVALID', field: ['channel'] })
  if (!url) problems.push({ code: 'INVALID', field: ['resetUrl'] })
  return { identifier: 'value' in named ? named.value : null, resetUrl: url, problems }
}
