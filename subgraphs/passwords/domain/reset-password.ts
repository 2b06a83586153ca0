import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { makeChoosePassword } from './choose-password.js'
import { identityOf, mailboxOf, numberOf } from './recoverable.js'
import type { Account, AddressProof, PasswordChange, ResetMeans, ResetStore } from './recovery-ports.js'

export type ResetPasswordInput = { token: string | null; grant: string | null; newPassword: string }

/** What otp says of a code that was spent. */
export type Grant = {
  userId: string
  jti: string
  issuedAt: Date
  expiresAt: Date
  challengeId: string
  addressDigest: string | null
}

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
  /** Null when it is no grant of otp's for this purpose, or has expired. */
  readGrant: (grant: string) => Promise<Grant | null>
  newProofId: () => string
}

/**
 * Sets a password anew by the mailed link, or by the grant of a code. Every session ends before this is acknowledged, nobody is signed in, and
 * second factors stay (SECURITY 10.3).
 *
 * A password that is refused leaves link and grant as they were. Either is worth nothing once its address is not the
 * account's any more. A mailbox is told of as proved, also where it was before: something arrives there again.
 */
export function makeResetPassword(deps: Deps) {
  return async function resetPassword(
    { token, grant, newPassword }: ResetPasswordInput,
    by: Actor,
  ): Promise<ResetPasswordResult> {
    const field = grant ? 'grant' : 'token'
    const found = await find(deps, token, grant)
    if ('refusal' in found) return refused(found.refusal, field)

    const { account, means, mailbox } = found
    const chosen = await deps.choosePassword({
      ...{ userId: account.id, password: newPassword, identity: identityOf(account) },
    })
    if (chosen.kind === 'refused') return chosen

    const proof = proofOf(account.id, mailbox, deps.newProofId())
    const done = await deps.resets.complete({ means, stored: chosen.stored, proof, by })
    if (done.kind === 'refused') return refused(done.reason, field)
    const revokedSessions = await deps.tellAuth(done.change, by)
    if (isWaitedFor(account, proof)) await deps.proveAddress(proof, by)
    return { kind: 'reset', revokedSessions }
  }
}

type Found =
  /** `mailbox` is what was proved, where it was one. */
  | { account: Account; means: ResetMeans; mailbox: string | null }
  | { refusal: 'REQUIRED' | 'INVALID' | 'EXPIRED' | 'ALREADY_USED' }

function find(deps: Deps, token: string | null, grant: string | null): Found | Promise<Found> {
  if (token && grant) return { refusal: 'INVALID' }
  if (token) return findByLink(deps, token)
  return grant ? findByGrant(deps, grant) : { refusal: 'REQUIRED' }
}

/** Whose link it is. Of somebody disabled, gone, or with another address since, it has expired. */
async function findByLink(
  { resets, getAccount, looksLikeToken, digestOf }: Deps,
  token: string,
): Promise<Found> {
  if (!looksLikeToken(token)) return { refusal: 'INVALID' }
  const digest = digestOf(token)
  const link = await resets.find(digest)
  if (link.kind === 'refused') return { refusal: link.reason }
  const account = await getAccount(link.userId)
  const mailbox = account && mailboxOf(account)
  if (!mailbox || addressDigest(token, mailbox) !== link.address) return { refusal: 'EXPIRED' }
  return { account, means: { by: 'LINK', digest }, mailbox }
}

/** The same of a grant, which a text to a number leads to as well. */
async function findByGrant({ getAccount, readGrant }: Deps, text: string): Promise<Found> {
  const grant = await readGrant(text)
  const account = grant && (await getAccount(grant.userId))
  if (!account) return { refusal: 'EXPIRED' }
  const isProved = (address: string | null) =>
    address !== null && addressDigest(grant.challengeId, address) === grant.addressDigest
  const mailbox = mailboxOf(account)
  if (!isProved(mailbox) && !isProved(numberOf(account))) return { refusal: 'EXPIRED' }
  const { userId, jti, issuedAt, expiresAt } = grant
  return {
    account,
    means: { by: 'OTP', userId, jti, issuedAt, expiresAt },
    mailbox: isProved(mailbox) ? mailbox : null,
  }
}

/** What users is told of a mailbox that was proved. */
const proofOf = (userId: string, mailbox: string | null, proofId: string): AddressProof | null =>
  mailbox === null ? null : { proofId, userId, address: addressDigest(proofId, mailbox) }

/** Before the answer: whoever has it may sign in at once. Who was verified before can do so anyway; there the event will do. */
const isWaitedFor = ({ everVerified }: Account, proof: AddressProof | null): proof is AddressProof =>
  proof !== null && !everVerified

const refused = (code: Problem['code'], field: string): ResetPasswordResult => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
