import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { makeChoosePassword } from './choose-password.js'
import { identityOf, mailboxOf } from './recoverable.js'
import type { Account, AddressProof, PasswordChange, ResetStore } from './recovery-ports.js'

export type ResetPasswordInput = { token: string | null; newPassword: string }

export type ResetPasswordResult =
  /** How many sessions ended; null where that is not known. */
  { kind: 'reset'; revokedSessions: number | null } | { kind: 'refused'; problems: Problem[] }

type Deps = {
  resets: Pick<ResetStore, 'find' | 'complete'>
  getAccount: (userId: string) => Promise<Account | null>
  choosePassword: ReturnType<typeof makeChoosePassword>
  /** Has auth end the person's sessions; throws where that cannot be had. */
  tellAuth: (change: PasswordChange, by: Actor) => Promise<number | null>
  /** Has users verify the account; throws where that cannot be had. */
  proveAddress: (proof: AddressProof, by: Actor) => Promise<unknown>
  looksLikeToken: (text: string) => boolean
  digestOf: (token: string) => Uint8Array
  newProofId: () => string
}

/**
 * Sets a password anew by the mailed link. Every session ends before this is acknowledged, nobody is signed in, and
 * second factors stay (SECURITY 10.3).
 *
 * A password that is refused leaves the link as it was. The link is worth nothing once its address is not the account's
 * any more; of an account that was never verified it proves the address.
 */
export function makeResetPassword(deps: Deps) {
  return async function resetPassword(
    { token, newPassword }: ResetPasswordInput,
    by: Actor,
  ): Promise<ResetPasswordResult> {
    const found = await find(deps, token)
    if ('refusal' in found) return refused(found.refusal)

    const { account, digest, mailbox } = found
    const chosen = await deps.choosePassword({
      ...{ userId: account.id, password: newPassword, identity: identityOf(account) },
    })
    if (chosen.kind === 'refused') return chosen

    const proof = account.everVerified ? null : proofOf(account.id, mailbox, deps.newProofId())
    const done = await deps.resets.complete({ digest, stored: chosen.stored, proof, by })
    if (done.kind === 'refused') return refused(done.reason)
    const revokedSessions = await deps.tellAuth(done.change, by)
    // Before the answer: whoever has it may sign in at once.
    if (proof) await deps.proveAddress(proof, by)
    return { kind: 'reset', revokedSessions }
  }
}

type Found =
  | { account: Account; digest: Uint8Array; mailbox: string }
  | { refusal: 'REQUIRED' | 'INVALID' | 'EXPIRED' | 'ALREADY_USED' }

/** Whose link it is. Of somebody disabled, gone, or with another address since, it has expired. */
async function find(
  { resets, getAccount, looksLikeToken, digestOf }: Deps,
  token: string | null,
): Promise<Found> {
  if (!token) return { refusal: 'REQUIRED' }
  if (!looksLikeToken(token)) return { refusal: 'INVALID' }
  const digest = digestOf(token)
  const link = await resets.find(digest)
  if (link.kind === 'refused') return { refusal: link.reason }
  const account = await getAccount(link.userId)
  const mailbox = account && mailboxOf(account)
  if (!mailbox || addressDigest(token, mailbox) !== link.address) return { refusal: 'EXPIRED' }
  return { account, digest, mailbox }
}

const proofOf = (userId: string, mailbox: string, proofId: string): AddressProof => ({
  ...{ proofId, userId, address: addressDigest(proofId, mailbox) },
})

const refused = (code: Problem['code']): ResetPasswordResult => ({
  kind: 'refused',
  problems: [{ code, field: ['token'] }],
})
