import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { looksLikeToken, tokenDigest } from '../shared/secrets/token.js'
import type { UsersContext } from './context.js'
import type { AccountStore } from './domain/ports.js'
import { makeVerifyEmail } from './domain/verify-email.js'
import { makeVerifyPhone } from './domain/verify-phone.js'

type Proofs = Pick<UsersContext['users'], 'verifyEmail' | 'verifyPhone'>

/** How an address or a number is proved. */
export function makeProofs(accounts: AccountStore, transport: CallTransport): Proofs {
  const readGrant = grantReader(transport)
  return {
    verifyEmail: makeVerifyEmail({
      ...{ accounts, looksLikeToken, digestOf: tokenDigest },
      readGrant: readGrant('EMAIL_VERIFICATION'),
    }),
    verifyPhone: makeVerifyPhone({ accounts, readGrant: readGrant('PHONE_VERIFICATION') }),
  }
}

/** Reads what otp signed for users, for one purpose each. */
export const grantReader = (transport: CallTransport) => (purpose: string) =>
  createGrantReader({
    ...{ audience: 'users', purpose },
    keys: () => callClient(otpCalls, transport).grantKeys({}),
  })
