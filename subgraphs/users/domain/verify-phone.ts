import type { Actor } from '../../shared/audit/act.js'
import type { AccountStore, AddressGrant } from './ports.js'
import { resultOf, type VerifyEmailResult } from './verify-email.js'

type Deps = {
  accounts: Pick<AccountStore, 'verifyPhone'>
  /** Null when it is no grant of otp's for this purpose, or has expired. */
  readGrant: (grant: string) => Promise<AddressGrant | null>
}

/** Verifies the number of an account by the grant of a code that was sent there. It signs nobody in. */
export function makeVerifyPhone({ accounts, readGrant }: Deps) {
  return async function verifyPhone(text: string, by: Actor): Promise<VerifyEmailResult> {
    const grant = await readGrant(text)
    return grant
      ? resultOf(await accounts.verifyPhone(grant, by), 'grant')
      : { kind: 'refused', problems: [{ code: 'EXPIRED', field: ['grant'] }] }
  }
}
