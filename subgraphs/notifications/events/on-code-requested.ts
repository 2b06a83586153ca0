import { codeRequested } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { NotifyWhen } from './notify-when.js'

export const onCodeRequested: NotifyWhen = (notify) =>
  onEvent(codeRequested, ({ userId, purpose, channel, changeId, sealedCode, expiresAt }, tx, eventId) =>
    notify(
      {
        userId,
        via: channel,
        ...(changeId !== null && { address: { changeId, which: 'NEW' as const } }),
        kind: purpose === 'PHONE_VERIFICATION' ? 'PHONE_VERIFICATION' : 'OTP',
        template: 'otp',
        variables: {},
        sealedSecret: sealedCode,
        expiry: { at: expiresAt },
      },
      { tx, eventId },
    ),
  )
