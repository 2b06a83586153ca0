import { emailChanged } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import { type NotifyWhen, UNDO_LIFETIME } from './notify-when.js'

/** To the old address, or the number where there was none: whoever lost their account learns of it there, and gets it back. */
export const onEmailChanged: NotifyWhen = (notify) =>
  onEvent(emailChanged, ({ userId, changeId, sealedUndoToken, undoUrl, tells }, tx, eventId) =>
    notify(
      {
        userId,
        ...(tells === 'NUMBER' ? { via: 'SMS' } : { address: { changeId, which: 'OLD' } }),
        kind: 'EMAIL_CHANGED',
        template: 'email-changed',
        variables: { verificationUrl: undoUrl },
        sealedSecret: sealedUndoToken,
        expiry: UNDO_LIFETIME,
      },
      { tx, eventId },
    ),
  )
