import type { Actor } from '../shared/audit/act.js'
import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { addressDigest } from '../shared/identifiers/address-digest.js'
import { isTextable } from '../shared/identifiers/phone-number.js'
import { networkKey } from '../shared/limiter/network-key.js'
import type { InviteByText } from './domain/invite-by-text.js'
import type { OpenChallenge } from './domain/phone-challenge.js'
import type { UsersEnv } from './env.js'

/** What a text to a number that nobody has proved takes: a number of the operator's countries, and otp's count. */
export const makeTexts = (env: Pick<UsersEnv, 'SMS_COUNTRIES'>, transport: CallTransport) =>
  ({
    openChallenge: makeOpenChallenge(transport),
    countText: (phoneNumber: string, { userId, client }: Actor) =>
      callClient(otpCalls, transport).countText({ phoneNumber, staffId: userId ?? client ?? '' }),
    isTextable: (number: string) => isTextable(number, env.SMS_COUNTRIES),
  }) satisfies NonNullable<InviteByText> & { openChallenge: OpenChallenge }

/** Challenges for numbers, opened by otp. */
export function makeOpenChallenge(transport: CallTransport): OpenChallenge {
  const otp = callClient(otpCalls, transport)

  return async ({ phoneNumber, ...request }, { ip }) => {
    const opened = await otp.openChallenge({
      ...request,
      channel: 'SMS',
      address: { kind: 'phoneNumber', value: phoneNumber },
      network: networkKey(ip ?? ''),
    })
    if (opened.kind === 'refused') return opened
    const { challengeId, expiresAt, resendAfter, sealedCode } = opened
    return {
      kind: 'opened',
      challenge: { challengeId, expiresAt, resendAfter },
      code: {
        ...{ sealedCode, expiresAt: expiresAt.toISOString() },
        ...{ challengeId, addressDigest: addressDigest(challengeId, phoneNumber) },
      },
    }
  }
}
