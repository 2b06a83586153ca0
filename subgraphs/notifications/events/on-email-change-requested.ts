import { emailChangeRequested } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import { LINK_LIFETIME, type NotifyWhen } from './notify-when.js'

/** To the new address: only who reads its mail can prove it. */
export const onEmailChangeRequested: NotifyWhen = (notify) =>
  onEvent(emailChangeRequested, ({ userId, changeId, sealedToken, confirmUrl }, tx, eventId) =>
    notify(
      {
        userId,
        address: { changeId, which: 'NEW' },
        kind: 'EMAIL_VERIFICATION',
        template: 'email-change',
        variables: { verificationUrl: confirmUrl },
        sealedSecret: sealedToken,
        expiry: LINK_LIFETIME,
      },
      { tx, eventId },
    ),
  )
