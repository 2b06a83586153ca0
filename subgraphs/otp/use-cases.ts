import { randomInt, randomUUID } from 'node:crypto'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { issuerOf } from '../shared/identity/access-token-claims.js'
import { ID_PREFIXES, isId, uuidToId } from '../shared/ids/type-id.js'
import { deriveKey, keyedDigest } from '../shared/secrets/data-key.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { makeCountText } from './domain/count-text.js'
import { makeGenerateOtp } from './domain/generate-otp.js'
import { makeOpenChallenge } from './domain/open-challenge.js'
import { makeOpenRecovery } from './domain/open-recovery.js'
import type { CodeStore } from './domain/ports.js'
import { makeValidateOtp } from './domain/validate-otp.js'
import type { OtpEnv } from './env.js'
import { makeSignGrant } from './grants/sign-grant.js'
import type { SigningKey } from './grants/signing-key.js'

type Parts = { codes: CodeStore; transport: CallTransport; signingKey: () => Promise<SigningKey> }

/** What the resolvers may ask for, and what another subgraph may. */
export async function makeUseCases(env: OtpEnv, { codes, transport, signingKey }: Parts) {
  const digestWith = (use: string) => {
    const key = deriveKey(env.OTP_KEY, use)
    return (text: string) => keyedDigest(key, text)
  }
  const users = callClient(usersCalls, transport)
  const isChallengeId = (text: string) => isId(ID_PREFIXES.challenge, text)
  const challenge = {
    codes,
    digestOf: {
      code: digestWith('codes'),
      subject: digestWith('subjects'),
      destination: digestWith('destinations'),
    },
    newChallengeId: () => uuidToId(ID_PREFIXES.challenge, randomUUID()),
    newCode: (digits: number) =>
      randomInt(10 ** digits)
        .toString()
        .padStart(digits, '0'),
    seal: await createSeal(env.NOTIFICATIONS_PUBLIC_KEY),
  }

  const sms = {
    isOn: env.SMS_COUNTRIES.length > 0,
    isTextable: (number: string) => isTextable(number, env.SMS_COUNTRIES),
  }

  return {
    generateOtp: makeGenerateOtp({
      ...challenge,
      isChallengeId,
      findAccount: users.findByIdentifier,
      findChange: (changeId) => users.findContactChange({ changeId }),
      sms,
    }),
    calls: {
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
