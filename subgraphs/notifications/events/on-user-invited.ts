import { userInvited } from '../../shared/contracts/users.js'
import { onEvent } from '../../shared/events/subscription.js'
import { INVITATION_LIFETIME, type NotifyWhen } from './notify-when.js'

export const onUserInvited: NotifyWhen = (notify) =>
  onEvent(userInvited, ({ userId, sealedToken, invitationUrl }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'WHERE_REACHED',
        kind: 'INVITATION',
        template: 'invitation',
        variables: { verificationUrl: invitationUrl },
        sealedSecret: sealedToken,
        expiry: INVITATION_LIFETIME,
      },
      { tx, eventId },
    ),
  )
