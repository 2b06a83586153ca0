import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'

const Purpose = z.enum([
  'EMAIL_VERIFICATION',
  'PHONE_VERIFICATION',
  'PROFILE_CHANGE',
  'LOGIN',
  'PASSWORD_RESET',
  'MFA',
  'CUSTOM',
])
const Channel = z.enum(['EMAIL', 'SMS'])

const FactorMethod = z.enum(['TOTP', 'OTP_SMS', 'RECOVERY_CODE'])

export const otpCalls = defineCalls('otp', {
  /**
   * Opens a challenge for somebody, or for a change of theirs, that the caller is about to make true. The caller tells
   * notifications of the code, sealed as it is, in that transaction; otp tells of it when it is sent again.
   */
  openChallenge: {
    callers: ['users'],
    input: z.object({
      userId: z.string(),
      purpose: Purpose,
      channel: Channel,
      address: z.object({ kind: z.enum(['email', 'phoneNumber', 'username']), value: z.string() }),
      changeId: z.string().nullable(),
      /** The client network that texts are counted by. */
      network: z.string(),
    }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('sent'),
        challengeId: z.string(),
        destinationMasked: z.string().nullable(),
        expiresAt: z.coerce.date(),
        resendAfter: z.number().nullable(),
        sealedCode: z.string(),
      }),
      z.object({
        kind: z.literal('refused'),
        reason: z.enum(['RATE_LIMITED', 'EXPIRED', 'TOO_MANY_ATTEMPTS']),
        retryAfter: z.number().nullable(),
      }),
    ]),
  },

  /** Counts a text that the caller is about to have sent to a number which nobody has proved, by the member of staff who wants it. */
  countText: {
    callers: ['users'],
    input: z.object({ phoneNumber: z.string(), staffId: z.string() }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('counted') }),
      z.object({
        kind: z.literal('refused'),
        reason: z.enum(['RATE_LIMITED', 'EXPIRED', 'TOO_MANY_ATTEMPTS']),
        retryAfter: z.number().nullable(),
      }),
    ]),
  },

  /** Opens a challenge for whoever forgot their password; a decoy for nobody, who is null. Otp tells of the code. */
  openRecovery: {
    callers: ['passwords'],
    input: z.object({
      userId: z.string().nullable(),
      channel: Channel,
      address: z.object({ kind: z.enum(['email', 'phoneNumber']), value: z.string() }),
      /** The client network that texts are counted by. */
      network: z.string(),
    }),
    output: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('sent'),
        challengeId: z.string(),
        expiresAt: z.coerce.date(),
        resendAfter: z.number().nullable(),
      }),
      z.object({
        kind: z.literal('refused'),
        reason: z.enum(['RATE_LIMITED', 'EXPIRED', 'TOO_MANY_ATTEMPTS', 'NO_SMS', 'NOT_TEXTABLE']),
        retryAfter: z.number().nullable(),
      }),
    ]),
  },

  /** Sends the code that proves an address of an account, as anybody may have it sent; null where none is due. Otp tells of it. */
  sendProof: {
    callers: ['auth'],
    input: z.object({
      channel: Channel,
      address: z.object({ kind: z.enum(['email', 'phoneNumber']), value: z.string() }),
      /** The client network that texts are counted by. */
      network: z.string(),
    }),
    output: z
      .object({
        challengeId: z.string(),
        destinationMasked: z.string().nullable(),
        expiresAt: z.coerce.date(),
        resendAfter: z.number().nullable(),
      })
      .nullable(),
  },

  /** What somebody may be asked for beside a password. The same statement for nobody (SECURITY 7.4). */
  factorsOf: {
    callers: ['auth', 'passwords'],
    input: z.object({ userId: z.string().nullable() }),
    output: z.object({
      methods: z.array(FactorMethod),
      version: z.number().int().default(0),
      /** The version at which a factor was last taken away: what was shown before it is worth nothing. */
      removedAtVersion: z.number().int().default(0),
    }),
  },
  /** Whether a code of an app, or a recovery code, is somebody's; spends it, and counts what is wrong. */
  checkFactor: {
    callers: ['auth'],
    input: z.object({ userId: z.string(), method: z.enum(['TOTP', 'RECOVERY_CODE']), code: z.string() }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('right') }),
      z.object({ kind: z.literal('wrong') }),
      z.object({
        kind: z.literal('refused'),
        reason: z.enum(['NOT_ENROLLED', 'TOO_MANY_ATTEMPTS', 'EXPIRED']),
      }),
    ]),
  },

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
    purpose: Purpose,
    channel: Channel,
    /** The change whose new address the code goes to, where it is not the person's own. */
    changeId: z.string().nullable().default(null),
    /** Of challenge and address, as in the grant: the code goes there or nowhere. Null from before codes were told with it. */
    addressDigest: z.string().nullable().default(null),
    sealedCode: z.string(),
    expiresAt: z.iso.datetime(),
  }),
)

/** What somebody is asked for beside their password changed. They are told, whoever did it. */
export const mfaChanged = defineEvent(
  'mfa.changed',
  ['notifications', 'auth', 'passwords'],
  z.object({
    userId: z.string(),
    change: z.enum([
      ...(['TOTP_ENROLLED', 'TOTP_REMOVED', 'SMS_ENROLLED', 'SMS_REMOVED'] as const),
      ...(['RECOVERY_CODES_RENEWED', 'RESET'] as const),
    ]),
    /** Tokens from before it are refused (SECURITY 4.1). */
    version: z.number().int().default(0),
    /** Whether there is still one; told where one was taken away. */
    factorsLeft: z.boolean().default(true),
    at: z.iso.datetime(),
  }),
)

/** What a grant says (DESIGN, grants): signed by otp, spent once by whoever acts on it. */
export const GrantClaims = z.object({
  sub: z.string(),
  purpose: Purpose,
  jti: z.string(),
  challenge: z.string(),
  /** The way by which the code went. */
  channel: Channel.optional(),
  /** The change of address that was proved, and the address, as `addressDigest` of challenge and address. */
  change: z.string().optional(),
  address: z.string().optional(),
  /** The sign-in or step-up that a second factor is for, as `flowDigest` of its ticket. */
  flow: z.string().optional(),
  /** What another team's subgraph may do for it, whose `aud` it is. */
  action: z.string().optional(),
  iat: z.number(),
  /** When the code was spent, in ms: `iat` is to the second, and what a grant is compared with may be of the same one. */
  at: z.number().optional(),
  exp: z.number(),
})

export const GRANT_TYPE = 'grant+jwt'
