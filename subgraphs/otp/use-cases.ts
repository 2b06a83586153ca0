import { randomInt, randomUUID } from 'node:crypto'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { usersCalls } from '../shared/contracts/users.js'
import { destinationOf } from '../shared/identifiers/destination.js'
import { issuerOf } from '../shared/identity/access-token-claims.js'
import { ID_PREFIXES, isId, uuidToId } from '../shared/ids/type-id.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { createDigests } from './digests.js'
import { makeCountText } from './domain/count-text.js'
import type { FactorStore } from './domain/factor-ports.js'
import { makeGenerateOtp } from './domain/generate-otp.js'
import { makeOpenChallenge } from './domain/open-challenge.js'
import { makeOpenRecovery } from './domain/open-recovery.js'
import type { CodeStore } from './domain/ports.js'
import { makeSendProof } from './domain/send-proof.js'
import { makeValidateOtp } from './domain/validate-otp.js'
import type { OtpEnv } from './env.js'
import { makeFindOwn } from './find-own.js'
import { makeSignGrant } from './grants/sign-grant.js'
import type { SigningKey } from './grants/signing-key.js'
import { smsRules } from './sms-rules.js'

type Parts = {
  codes: CodeStore
  factors: Pick<FactorStore, 'isOtherNumber'>
  transport: CallTransport
  signingKey: () => Promise<SigningKey>
}

/** What the resolvers may ask for, and what another subgraph may. */
export async function makeUseCases(env: OtpEnv, { codes, factors, transport, signingKey }: Parts) {
  const digestOf = createDigests(env.OTP_KEY)
  const users = callClient(usersCalls, transport)
  const isChallengeId = (text: string) => isId(ID_PREFIXES.challenge, text)
  const challenge = {
    codes,
    digestOf,
    newChallengeId: () => uuidToId(ID_PREFIXES.challenge, randomUUID()),
    newCode: (digits: number) =>
      randomInt(10 ** digits)
        .toString()
        .padStart(digits, '0'),
    seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY),
  }

  const sms = smsRules(env)

  const generateOtp = makeGenerateOtp({
    ...challenge,
    isChallengeId,
    findAccount: users.findByIdentifier,
    findChange: (changeId) => users.findContactChange({ changeId }),
    findHolder: callClient(authCalls, transport).ticketHolder,
    findOwn: makeFindOwn(transport),
    audiences: env.GRANT_AUDIENCES,
    isOtherNumber: (userId, number) =>
      factors.isOtherNumber(userId, digestOf.destination(destinationOf(number))),
    sms,
  })

  return {
    generateOtp,
    calls: {
      sendProof: makeSendProof(generateOtp),
      openChallenge: makeOpenChallenge(challenge),
      countText: makeCountText(challenge),
      openRecovery: makeOpenRecovery({ ...challenge, sms }),
    },
    validateOtp: makeValidateOtp({
      ...challenge,
      isChallengeId,
      signGrant: makeSignGrant({ issuer: issuerOf(env.PUBLIC_URL), signingKey }),
    }),
  }
}
