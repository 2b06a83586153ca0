import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

/** A code was entered, so it came to where it went. The address is one of the person's own if the digest says so, as in the grant. */
export const codeArrived = defineEvent(
  'otp.code-arrived',
  ['notifications'],
  z.object({
    userId: z.string(),
    channel: z.enum(['EMAIL', 'SMS']),
    challengeId: z.string(),
    addressDigest: z.string(),
    /** When it was made: what was heard of the address since then it does not disprove. */
    at: z.iso.datetime(),
  }),
  // At every sign-in with a code, and nobody waits for it.
  { gathered: true },
)
