import { takenAddressWanted } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onTakenAddressWanted: NotifyWhen = (notify) =>
  onEvent(takenAddressWanted, ({ userId }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'ACCOUNT_EXISTS',
        template: 'address-wanted',
        variables: {},
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
