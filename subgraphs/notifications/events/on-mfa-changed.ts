import { mfaChanged } from '../../shared/contracts/otp.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onMfaChanged: NotifyWhen = (notify) =>
  onEvent(mfaChanged, ({ userId, change, at }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'MFA_CHANGED',
        template: 'mfa-changed',
        variables: { change, at },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
