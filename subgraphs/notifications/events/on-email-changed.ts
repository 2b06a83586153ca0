import { emailChanged } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/consumer.js'
import { type NotifyWhen, UNDO_LIFETIME } from './notify-when.js'

/** To the old address: whoever lost their account learns of it there, and gets it back. */
export const onEmailChanged: NotifyWhen = (notify) =>
  onEvent(emailChanged, ({ userId, changeId, sealedUndoToken, undoUrl }, tx, eventId) =>
    notify(
      {
        userId,
        address: { changeId, which: 'OLD' },
        kind: 'EMAIL_CHANGED',
        template: 'email-changed',
        variables: { verificationUrl: undoUrl },
        sealedSecret: sealedUndoToken,
        expiry: UNDO_LIFETIME,
      },
      { tx, eventId },
    ),
  )
