import { phoneCodeRequested } from '../../shared/contracts/users-numbers.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { NotifyWhen } from './notify-when.js'

/** To the number that is to be proved: an account's own, or the new one of a change. */
export const onPhoneCodeRequested: NotifyWhen = (notify) =>
  onEvent(
    phoneCodeRequested,
    ({ userId, changeId, sealedCode, expiresAt, challengeId, addressDigest }, tx, eventId) =>
      notify(
        {
          userId,
          via: 'SMS',
          ...(changeId !== null && { address: { changeId, which: 'NEW' as const } }),
          ...(challengeId !== null &&
            addressDigest !== null && { boundTo: { salt: challengeId, digest: addressDigest } }),
          kind: 'PHONE_VERIFICATION',
          template: 'otp',
          variables: {},
          sealedSecret: sealedCode,
          expiry: { at: expiresAt },
        },
        { tx, eventId },
      ),
  )
