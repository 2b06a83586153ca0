import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { networkKey } from '../shared/limiter/network-key.js'
import type { OpenChallenge } from './domain/phone-challenge.js'

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
      code: { sealedCode, expiresAt: expiresAt.toISOString() },
    }
  }
}
