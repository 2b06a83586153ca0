import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

// What users tells of telephone numbers.

/** An account known by a telephone number alone was made and waits for its proof. */
export const registeredByPhone = defineEvent(
  'user.registered-by-phone',
  ['passwords', 'notifications'],
  z.object({ userId: z.string(), replacedUserId: z.string().nullable() }),
)

/** A number is to be proved: an account's own or, with `changeId`, the new one of a change. The code travels sealed. */
export const phoneCodeRequested = defineEvent(
  'user.phone-code-requested',
  ['notifications'],
  z.object({
    userId: z.string(),
    changeId: z.string().nullable(),
    sealedCode: z.string(),
    expiresAt: z.iso.datetime(),
    /** The code goes to the number that it was made for or nowhere, as one of otp's does. Null from before codes were told with it. */
    challengeId: z.string().nullable().default(null),
    addressDigest: z.string().nullable().default(null),
  }),
)

/** Someone registered with a number that has an account. Its owner is told; the visitor is not. */
export const takenNumberRegistered = defineEvent(
  'user.taken-number-registered',
  ['notifications'],
  z.object({ userId: z.string() }),
)

/** Somebody wanted to change to a number that is another person's. Its owner is told; who asked is not. */
export const takenNumberWanted = defineEvent(
  'user.taken-number-wanted',
  ['notifications'],
  z.object({ userId: z.string() }),
)

/** A person has proved the number that they wanted, and it is in force. What staff or an undo link put there is none of these. */
export const ownNumberChanged = defineEvent(
  'user.own-number-changed',
  ['otp'],
  z.object({ userId: z.string(), changeId: z.string() }),
)

/** The new number was proved and is in force; old number and e-mail address get a link that undoes it, its token sealed. */
export const phoneChanged = defineEvent(
  'user.phone-changed',
  ['notifications'],
  z.object({ userId: z.string(), changeId: z.string(), sealedUndoToken: z.string(), undoUrl: z.url() }),
)
