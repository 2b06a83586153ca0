import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'

export const otpCalls = defineCalls('otp', {
  /** Public halves of the keys that sign grants. */
  grantKeys: {
    callers: ['router', 'users', 'auth', 'passwords'],
    input: z.object({}),
    output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  },
})

/** Otp made a code that someone should be told about. The code travels sealed; only the sender opens it. */
export const codeRequested = defineEvent(
  'otp.code-requested',
  ['notifications'],
  z.object({
    challengeId: z.string(),
    userId: z.string(),
    purpose: z.enum(['EMAIL_VERIFICATION']),
    channel: z.enum(['EMAIL']),
    sealedCode: z.string(),
    expiresAt: z.iso.datetime(),
  }),
)

/** What a grant says (DESIGN, grants): signed by otp, spent once by whoever acts on it. */
export const GrantClaims = z.object({
  sub: z.string(),
  purpose: z.enum(['EMAIL_VERIFICATION']),
  jti: z.string(),
  challenge: z.string(),
  exp: z.number(),
})

export const GRANT_TYPE = 'grant+jwt'
