import { deletionRequested } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onDeletionRequested: NotifyWhen = (notify) =>
  onEvent(deletionRequested, ({ userId, effectiveAt }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'ACCOUNT_DELETION',
        template: 'account-deletion',
        variables: { at: effectiveAt },
        sealedSecret: null,
        expiry: { at: effectiveAt },
      },
      { tx, eventId },
    ),
  )
