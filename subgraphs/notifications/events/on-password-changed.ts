import { passwordChanged } from '../../shared/contracts/passwords.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/** Whoever did not do it themselves learns of it (SECURITY 6.5, 7.5). */
export const onPasswordChanged: NotifyWhen = (notify) =>
  onEvent(passwordChanged, ({ userId, how, at }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'PASSWORD_CHANGED',
        template: 'password-changed',
        variables: { at, how },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
