import { answerCalls } from '../../shared/calls/transport.js'
import { otpCalls } from '../../shared/contracts/otp.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { makeCountText } from '../domain/count-text.js'
import type { FactorMethod, FactorStore } from '../domain/factor-ports.js'
import type { makeFactors } from '../domain/factors.js'
import type { makeOpenChallenge } from '../domain/open-challenge.js'
import type { makeOpenRecovery } from '../domain/open-recovery.js'
import type { makeSendProof } from '../domain/send-proof.js'

type OpenChallenge = ReturnType<typeof makeOpenChallenge>
type OpenRecovery = ReturnType<typeof makeOpenRecovery>
type CountText = ReturnType<typeof makeCountText>
type PublicKeys = () => Promise<{ keys: Record<string, unknown>[] }>

type Parts = {
  sendProof: ReturnType<typeof makeSendProof>
  publicKeys: PublicKeys
  openChallenge: OpenChallenge
  countText: CountText
  openRecovery: OpenRecovery
  factors: Pick<FactorStore, 'findMany'>
  check: ReturnType<typeof makeFactors>['check']
}

/** What otp answers other subgraphs at once. */
export const answerOtpCalls = ({
  publicKeys,
  openChallenge,
  countText,
  openRecovery,
  sendProof,
  factors,
  check,
}: Parts) =>
  answerCalls(otpCalls, {
    grantKeys: publicKeys,
    openChallenge,
    countText,
    openRecovery,
    sendProof,

    async factorsOf({ userId }) {
      // Nobody is looked up as well: no statement less tells them apart (SECURITY 7.4).
      const [found] = await factors.findMany([userId ?? newId(ID_PREFIXES.user)])
      const methods: FactorMethod[] = []
      if (found?.totp) methods.push('TOTP')
      if (found?.sms) methods.push('OTP_SMS')
      if (found && found.recoveryCodes > 0) methods.push('RECOVERY_CODE')
      return {
        ...{ methods, version: found?.version ?? 0 },
        removedAtVersion: found?.removedAtVersion ?? 0,
      }
    },

    checkFactor: ({ userId, method, code }) => check(userId, method, code),
  })
