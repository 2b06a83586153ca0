import { userRegistered } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import { LINK_LIFETIME, type NotifyWhen } from './notify-when.js'

export const onUserRegistered: NotifyWhen = (notify) =>
  onEvent(userRegistered, ({ userId, sealedToken, verificationUrl }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'WELCOME',
        template: 'welcome',
        variables: { verificationUrl },
        sealedSecret: sealedToken,
        expiry: LINK_LIFETIME,
      },
      { tx, eventId },
    ),
  )
