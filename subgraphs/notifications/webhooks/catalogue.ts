import * as z from 'zod'
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

/** A fact that endpoints may be told, and the internal event that it comes from. */
export type PublicEventType = {
  type: string
  event: EventDefinition
  /**
   * What is told of it, and all that is: what the internal event holds beside that is left out. Ids, times and names of
   * reasons; no address, name, device, code or link. Who needs more asks the graph, which knows what they may see.
   */
  data: z.ZodType
  /** Of some events, only these. */
  when: (payload: unknown) => boolean
}

const userId = z.string().describe('The account, usr_….')
const ofPerson = z.object({ userId })

const publicEvent = <Payload extends z.ZodType>(
  type: string,
  event: EventDefinition<Payload>,
  data: z.ZodType,
  when: (payload: z.output<Payload>) => boolean = () => true,
): PublicEventType => ({
  ...{ type, event, data },
  // The payload is parsed with this very definition before `when` sees it.
  when: when as (payload: unknown) => boolean,
})

const registered = z.object({
  userId,
  replacedUserId: z
    .string()
    .nullable()
    .describe('The never-verified account that this one took the place of.'),
})
const changeOfAddress = z.object({ userId, changeId: z.string().describe('The change, ccg_….') })
const sessionId = z.string().describe('The session, ses_….')

/** Not a list that is closed: a factor of a kind that is not here yet has changes of its own. */
const changeOfFactors = z.string().meta({ examples: mfaChanged.payload.shape.change.options })

/** A type is for good, and so is each of its fields: what changes gets a name of its own. Each has its example in `docs/webhooks.md`. */
export const PUBLIC_EVENTS: readonly PublicEventType[] = [
  publicEvent('user.registered', userRegistered, registered),
  publicEvent('user.registered', registeredByPhone, registered),
  publicEvent('user.registration-dropped', registrationDropped, ofPerson),
  publicEvent('user.invited', userInvited, ofPerson),
  publicEvent('user.verified', userVerified, ofPerson),
  publicEvent('user.profile-updated', profileUpdated, ofPerson),
  publicEvent('user.email-changed', emailChanged, changeOfAddress),
  publicEvent('user.phone-changed', phoneChanged, changeOfAddress),
  publicEvent('user.contact-change-undone', accessChanged, ofPerson, ({ cause }) => cause === 'UNDO'),
  publicEvent('user.roles-changed', accessChanged, ofPerson, ({ cause }) => cause === 'ROLES'),
  publicEvent(
    'user.disabled',
    accessChanged,
    z.object({
      userId,
      until: z.iso.datetime().nullable().describe('Open again by itself then; null: not by itself.'),
    }),
    ({ cause }) => cause === 'DISABLED',
  ),
  publicEvent('user.enabled', accessChanged, ofPerson, ({ cause }) => cause === 'ENABLED'),
  publicEvent(
    'user.deletion-requested',
    deletionRequested,
    z.object({ userId, effectiveAt: z.iso.datetime().describe('When the account will be gone.') }),
  ),
  publicEvent('user.deletion-cancelled', deletionCancelled, ofPerson),
  // It is told on the inside until everyone has erased their part; out there once.
  publicEvent('user.deleted', userDeleted, ofPerson, ({ round }) => round === 1),
  publicEvent('session.started', sessionStarted, z.object({ userId, sessionId, isNewDevice: z.boolean() })),
  publicEvent(
    'session.revoked',
    sessionRevoked,
    z.object({
      userId,
      sessionIds: z.array(sessionId),
      reason: z.enum(['REVOKED', 'REUSE', 'TOO_MANY', 'DISABLED']),
    }),
  ),
  publicEvent(
    'password.changed',
    passwordChanged,
    z.object({ userId, how: z.enum(['RESET', 'CHANGED', 'SET', 'REMOVED']) }),
  ),
  publicEvent('mfa.changed', mfaChanged, z.object({ userId, change: changeOfFactors })),
]

export const PUBLIC_TYPES: readonly string[] = [...new Set(PUBLIC_EVENTS.map(({ type }) => type))]

/** Whether a type is one that was asked for: by its name, by `user.*`, or by `*`. */
export const isAskedFor = (type: string, asked: readonly string[]): boolean =>
  asked.some((name) => name === type || (name.endsWith('*') && type.startsWith(name.slice(0, -1))))
