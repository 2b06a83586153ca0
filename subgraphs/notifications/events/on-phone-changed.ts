import { phoneChanged } from '../../shared/contracts/users-numbers.js'
import { onEvent } from '../../shared/events/subscription.js'
import { type NotifyWhen, UNDO_LIFETIME } from './notify-when.js'

/** To the old number and to the proved address: whoever lost their account learns of it at one of them, and gets it back. */
export const onPhoneChanged: NotifyWhen = (notify) =>
  onEvent(phoneChanged, async ({ userId, changeId, sealedUndoToken, undoUrl }, tx, eventId) => {
    const notice = {
      userId,
      kind: 'PHONE_CHANGED',
      template: 'phone-changed',
      variables: { verificationUrl: undoUrl },
      sealedSecret: sealedUndoToken,
      expiry: UNDO_LIFETIME,
    } as const
    await notify({ ...notice, via: 'SMS', address: { changeId, which: 'OLD' } }, { tx, eventId })
    await notify({ ...notice, via: 'PROVED_EMAIL' }, { tx, eventId })
  })
