import { verificationRequested } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import { LINK_LIFETIME, type NotifyWhen } from './notify-when.js'

export const onVerificationRequested: NotifyWhen = (notify) =>
  onEvent(verificationRequested, ({ userId, sealedToken, verificationUrl }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'EMAIL_VERIFICATION',
        template: 'email-verification',
        variables: { verificationUrl },
        sealedSecret: sealedToken,
        expiry: LINK_LIFETIME,
      },
      { tx, eventId },
    ),
  )
