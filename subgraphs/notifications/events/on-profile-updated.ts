import { profileUpdated } from '../../shared/contracts/users-profile.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/** For who wants to know; it need not wake anybody. */
export const onProfileUpdated: NotifyWhen = (notify) =>
  onEvent(profileUpdated, ({ userId, at }, tx, eventId) =>
    notify(
      {
        userId,
        via: 'EITHER',
        kind: 'PROFILE_CHANGED',
        refusedBy: 'profileChanges',
        mayWait: true,
        template: 'profile-changed',
        variables: { at },
        sealedSecret: null,
        expiry: null,
      },
      { tx, eventId },
    ),
  )
