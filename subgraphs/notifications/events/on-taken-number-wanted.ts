import { takenNumberWanted } from '../../shared/contracts/users-numbers.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onTakenNumberWanted: NotifyWhen = (notify) =>
  onEvent(takenNumberWanted, ({ userId }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'ACCOUNT_EXISTS',
        template: 'number-wanted',
        variables: {},
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
