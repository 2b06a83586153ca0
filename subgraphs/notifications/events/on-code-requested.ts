import { codeRequested } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onCodeRequested: NotifyWhen = (notify) =>
  onEvent(codeRequested, ({ purpose, channel, changeId, sealedCode, expiresAt, ...code }, tx, eventId) =>
    notify(
      {
        userId: code.userId,
        via: channel,
        ...(changeId !== null && { address: { changeId, which: 'NEW' as const } }),
        ...(code.addressDigest !== null && {
          boundTo: { salt: code.challengeId, digest: code.addressDigest },
        }),
        kind: purpose === 'PHONE_VERIFICATION' ? 'PHONE_VERIFICATION' : 'OTP',
        template: 'otp',
        variables: {},
        sealedSecret: sealedCode,
        expiry: { at: expiresAt },
      },
      { tx, eventId },
    ),
  )
