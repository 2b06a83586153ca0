import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { usersCalls } from '../shared/contracts/users.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { basicProofsOf } from './domain/basic-proofs.js'
import type { Addresses } from './domain/mfa-grant.js'
import { withFactors } from './domain/with-factors.js'
import type { AuthEnv } from './env.js'

/** Who somebody is by now: what users, otp and passwords say of them. */
export function makeFindAccount({ SMS_COUNTRIES }: Pick<AuthEnv, 'SMS_COUNTRIES'>, transport: CallTransport) {
  const users = callClient(usersCalls, transport)
  const otp = callClient(otpCalls, transport)
  const passwords = callClient(passwordsCalls, transport)
  const factorsOf = (userId: string | null) => otp.factorsOf({ userId })
  const hasPassword = async (userId: string | null) => (await passwords.isSet({ userId })).isSet
  const mayBeTexted = (number: string | null) => number !== null && isTextable(number, SMS_COUNTRIES)
  const proofsOf = (account: Addresses, hasPassword: boolean) =>
    basicProofsOf(account, { hasPassword, mayBeTexted: mayBeTexted(account.phoneNumber) })

  return {
    factorsOf,
    hasPassword,
    proofsOf,
    async getAccount(id: string) {
      const [[account], factors, isSet] = await Promise.all([
        users.getMany({ ids: [id] }),
        factorsOf(id),
        hasPassword(id),
      ])
      return account ? withFactors(account, factors, proofsOf(account, isSet)) : null
    },
  }
}
