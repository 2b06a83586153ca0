import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { usersCalls } from '../shared/contracts/users.js'
import { withFactors } from './domain/with-factors.js'

/** Who somebody is by now: what users says of them, and what otp does. */
export function makeFindAccount(transport: CallTransport) {
  const users = callClient(usersCalls, transport)
  const otp = callClient(otpCalls, transport)
  const factorsOf = (userId: string | null) => otp.factorsOf({ userId })

  return {
    factorsOf,
    async getAccount(id: string) {
      const [[account], factors] = await Promise.all([users.getMany({ ids: [id] }), factorsOf(id)])
      return account ? withFactors(account, factors) : null
    },
  }
}
