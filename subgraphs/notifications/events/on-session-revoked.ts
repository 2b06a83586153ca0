import { sessionRevoked } from '../../shared/contracts/auth.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/**
 * Only what staff ended is worth a message. A stolen token has one of its own, whoever signs in for the 21st time is
 * there to see it, and a disabled account is told by nobody.
 */
export const onSessionRevoked: NotifyWhen = (notify) =>
  onEvent(sessionRevoked, async ({ userId, sessionIds, reason, at }, tx, eventId) => {
    if (reason !== 'REVOKED') return
    await notify(
      {
        userId,
        via: 'EITHER',
        kind: 'SESSION_REVOKED',
        template: 'sessions-ended',
        variables: { at, sessions: String(sessionIds.length) },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    )
  })
