import { refreshReuseDetected } from '../../shared/contracts/auth.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

export const onRefreshReuseDetected: NotifyWhen = (notify) =>
  onEvent(refreshReuseDetected, ({ userId, at }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'SESSION_REVOKED',
        template: 'session-revoked',
        variables: { at },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
