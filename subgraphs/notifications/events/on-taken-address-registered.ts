import { takenAddressRegistered } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onTakenAddressRegistered: NotifyWhen = (notify) =>
  onEvent(takenAddressRegistered, ({ userId }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'ACCOUNT_EXISTS',
        template: 'account-exists',
        variables: {},
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
