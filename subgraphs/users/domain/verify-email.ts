import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Account, AccountStore, AddressGrant, Verified } from './ports.js'

export type VerifyEmailInput = { token?: string | null | undefined; grant?: string | null | undefined }

export type VerifyEmailResult =
  /** `problems` tells that the username wanted at registration has gone meanwhile. */
  { kind: 'verified'; account: Account; problems: Problem[] } | { kind: 'refused'; problems: Problem[] }

type Deps = {
  accounts: Pick<AccountStore, 'verifyByLink' | 'verifyByGrant'>
  looksLikeToken: (text: string) => boolean
  digestOf: (token: string) => Uint8Array
  /** Null when it is no grant of otp's for this purpose, or has expired. */
  readGrant: (grant: string) => Promise<AddressGrant | null>
}

/** Verifies the address of an account by the mailed link or by a code's grant. It signs nobody in. */
export function makeVerifyEmail({ accounts, looksLikeToken, digestOf, readGrant }: Deps) {
  async function byLink(token: string, by: Actor): Promise<VerifyEmailResult> {
    if (!looksLikeToken(token)) return refused('INVALID', 'token')
    return resultOf(await accounts.verifyByLink(digestOf(token), by), 'token')
  }

  async function byGrant(text: string, by: Actor): Promise<VerifyEmailResult> {
    const grant = await readGrant(text)
    return grant ? resultOf(await accounts.verifyByGrant(grant, by), 'grant') : refused('EXPIRED', 'grant')
  }

  return async function verifyEmail(
    { token, grant }: VerifyEmailInput,
    by: Actor,
  ): Promise<VerifyEmailResult> {
    if (token && grant) return refused('INVALID', 'grant')
    if (token) return byLink(token, by)
    return grant ? byGrant(grant, by) : refused('REQUIRED', 'token')
  }
}

export function resultOf(verified: Verified, field: string): VerifyEmailResult {
  if (verified.kind === 'refused') return refused(verified.reason, field)
  const problems: Problem[] = verified.usernameTaken ? [{ code: 'TAKEN', field: ['username'] }] : []
  return { kind: 'verified', account: verified.account, problems }
}

const refused = (code: Problem['code'], field: string): VerifyEmailResult => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
