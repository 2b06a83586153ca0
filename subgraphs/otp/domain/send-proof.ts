import type { makeGenerateOtp } from './generate-otp.js'
import type { Channel } from './ports.js'

type Wanted = {
  channel: Channel
  address: { kind: 'email' | 'phoneNumber'; value: string }
  network: string
}

/** Sends what proves an address to a person who is signing in: the same that anybody may ask for, under the same limits. */
export const makeSendProof =
  (generateOtp: ReturnType<typeof makeGenerateOtp>) =>
  async ({ channel, address: { kind, value }, network }: Wanted) => {
    const purpose = channel === 'EMAIL' ? 'EMAIL_VERIFICATION' : 'PHONE_VERIFICATION'
    const asker = { userId: null, sessionId: null, network }
    const result = await generateOtp({ purpose, channel, identifier: { [kind]: value } }, asker)
    if (result.kind === 'refused') return null
    const { challengeId, destinationMasked, expiresAt, resendAfter } = result
    return { challengeId, destinationMasked, expiresAt, resendAfter }
  }
