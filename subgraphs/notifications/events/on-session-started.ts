import { sessionStarted } from '../../shared/contracts/auth.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/** So many may be one's own slips; from here on somebody may have been guessing (SECURITY 7.5). */
const NOTABLE_FAILURES = 3

/** Only a sign-in from a device not seen before, or after several that failed, is worth a message. */
export const onSessionStarted: NotifyWhen = (notify) =>
  onEvent(sessionStarted, async ({ userId, isNewDevice, failuresBefore, device, ip, at }, tx, eventId) => {
    const failures = failuresBefore >= NOTABLE_FAILURES ? failuresBefore : 0
    if (!isNewDevice && failures === 0) return
    await notify(
      {
        userId,
        via: 'EITHER',
        kind: 'LOGIN_ALERT',
        // Somebody may have been guessing: that is told whatever was chosen (SECURITY 7.5).
        ...(failures === 0 && { refusedBy: 'loginAlerts' as const }),
        template: 'login-alert',
        variables: { device, ip, at, isNewDevice: String(isNewDevice), failures: String(failures) },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    )
  })
