import { sessionStarted } from '../../shared/contracts/auth.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { NotifyWhen } from './notify-when.js'

/** Only a sign-in from a device not seen before is worth a message. */
export const onSessionStarted: NotifyWhen = (notify) =>
  onEvent(sessionStarted, async ({ userId, isNewDevice, device, ip, at }, tx, eventId) => {
    if (!isNewDevice) return
    await notify(
      {
        userId,
        kind: 'LOGIN_ALERT',
        template: 'login-alert',
        variables: { device, ip, at },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    )
  })
