import { deletionCancelled } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onDeletionCancelled: NotifyWhen = (notify) =>
  onEvent(deletionCancelled, ({ userId }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'ACCOUNT_DELETION',
        template: 'account-kept',
        variables: {},
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
