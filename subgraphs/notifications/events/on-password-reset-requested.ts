import { passwordResetRequested } from '../../shared/contracts/passwords.js'
import { onEvent } from '../../shared/events/subscription.js'
import { type NotifyWhen, RESET_LIFETIME } from './notify-when.js'

export const onPasswordResetRequested: NotifyWhen = (notify) =>
  onEvent(passwordResetRequested, ({ userId, sealedToken, resetUrl }, tx, eventId) =>
    notify(
      {
        userId,
        kind: 'PASSWORD_RESET',
        template: 'password-reset',
        variables: { verificationUrl: resetUrl },
        sealedSecret: sealedToken,
        expiry: RESET_LIFETIME,
      },
      { tx, eventId },
    ),
  )
