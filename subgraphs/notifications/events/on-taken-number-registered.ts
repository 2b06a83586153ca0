import { takenNumberRegistered } from '../../shared/contracts/users-numbers.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onTakenNumberRegistered: NotifyWhen = (notify) =>
  onEvent(takenNumberRegistered, ({ userId }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'ACCOUNT_EXISTS',
        template: 'number-registered',
        variables: {},
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
