import type * as z from 'zod'
import { sessionRevoked, sessionStarted } from '../../shared/contracts/auth.js'
import { mfaChanged } from '../../shared/contracts/otp.js'
import { passwordChanged } from '../../shared/contracts/passwords.js'
import {
  accessChanged,
  deletionCancelled,
  deletionRequested,
  emailChanged,
  registrationDropped,
  userDeleted,
  userInvited,
  userRegistered,
} from '../../shared/contracts/users.js'
import { phoneChanged, registeredByPhone } from '../../shared/contracts/users-numbers.js'
import { profileUpdated } from '../../shared/contracts/users-profile.js'
import { userVerified } from '../../shared/contracts/users-verified.js'
import type { EventDefinition } from '../../shared/events/define-event.js'
import { newId } from '../../shared/ids/type-id.js'

type Fact = readonly [event: EventDefinition, payload: unknown]

const fact = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  payload: z.input<Payload>,
): Fact => [event, payload]

/** What happens inside that somebody outside may be told of, of nobody who is to get a mail. Another one is gone, which would end the rest. */
export function everyPublicFact(): Fact[] {
  const userId = newId('usr')
  const at = new Date().toISOString()
  const [sessionId, changeId, url] = [newId('ses'), newId('ccg'), 'https://id.example.org/account']
  const access = { userId, version: 1, endsSessions: false }
  return [
    fact(userRegistered, { userId, replacedUserId: newId('usr'), sealedToken: 'ey', verificationUrl: url }),
    fact(registeredByPhone, { userId, replacedUserId: null }),
    fact(registrationDropped, { userId }),
    fact(userInvited, { userId, sealedToken: 'ey', invitationUrl: url }),
    fact(userVerified, { userId }),
    fact(profileUpdated, { userId, at }),
    fact(emailChanged, { userId, changeId, sealedUndoToken: 'ey', undoUrl: url }),
    fact(phoneChanged, { userId, changeId, sealedUndoToken: 'ey', undoUrl: url }),
    fact(accessChanged, { ...access, cause: 'UNDO' }),
    fact(accessChanged, { ...access, cause: 'ROLES' }),
    fact(accessChanged, { ...access, cause: 'DISABLED', until: at }),
    fact(accessChanged, { ...access, cause: 'DISABLED' }),
    fact(accessChanged, { ...access, cause: 'ENABLED' }),
    fact(deletionRequested, { userId, effectiveAt: at }),
    fact(deletionCancelled, { userId }),
    fact(sessionStarted, { userId, sessionId, isNewDevice: true, device: 'Firefox', ip: '198.51.100.7', at }),
    fact(sessionRevoked, { userId, sessionIds: [sessionId], reason: 'REUSE', at }),
    fact(passwordChanged, { userId, how: 'RESET', keptSessionId: null, at }),
    fact(mfaChanged, { userId, change: 'RESET', at }),
    fact(userDeleted, { userId: newId('usr'), round: 1, sealedContact: null }),
  ]
}
