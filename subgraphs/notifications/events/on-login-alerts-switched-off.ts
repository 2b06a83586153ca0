import { loginAlertsSwitchedOff } from '../../shared/contracts/notifications.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/** Whoever got at an account could silence it: its owner is told that, whatever they chose. */
export const onLoginAlertsSwitchedOff: NotifyWhen = (notify) =>
  onEvent(loginAlertsSwitchedOff, ({ userId, at }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'LOGIN_ALERT',
        template: 'login-alerts-off',
        variables: { at },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
