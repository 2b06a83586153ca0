import { answerCalls } from '../../shared/calls/transport.js'
import { passwordsCalls } from '../../shared/contracts/passwords.js'
import type { makeChangeRequired } from '../domain/change-required.js'
import type { makeMayLoseFactors } from '../domain/may-lose-factors.js'
import type { makeSetForNewUser } from '../domain/set-for-new-user.js'
import type { makeVerifyPassword } from '../domain/verify-password.js'

type UseCases = {
  setForNewUser: ReturnType<typeof makeSetForNewUser>
  verifyPassword: ReturnType<typeof makeVerifyPassword>
  changeRequired: ReturnType<typeof makeChangeRequired>
  isSet: (userId: string | null) => Promise<boolean>
  mayLoseFactors: ReturnType<typeof makeMayLoseFactors>
  adopt: (adoption: { credentialId: string; userId: string }) => Promise<boolean>
}

/** What passwords answers other subgraphs at once. A full hash queue passes through as SERVICE_UNAVAILABLE. */
export const answerPasswordsCalls = ({
  setForNewUser,
  verifyPassword,
  changeRequired,
  isSet,
  adopt,
  mayLoseFactors,
}: UseCases) =>
  answerCalls(passwordsCalls, {
    setForNewUser,
    verify: verifyPassword,
    changeRequired,
    isSet: async ({ userId }) => ({ isSet: await isSet(userId) }),
    mayLoseFactors: async ({ userId }) => ({ allowed: await mayLoseFactors(userId) }),
    adopt: async (adoption) => ({ adopted: await adopt(adoption) }),
  })
