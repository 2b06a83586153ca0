import { codeRequested } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { NotifyWhen } from './notify-when.js'

export const onCodeRequested: NotifyWhen = (notify) =>
  onEvent(codeRequested, ({ userId, sealedCode, expiresAt }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'OTP',
        template: 'otp',
        variables: {},
        sealedSecret: sealedCode,
        expiry: { at: expiresAt },
      },
      { tx, eventId },
    ),
  )
