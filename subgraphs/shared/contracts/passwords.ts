import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'

export const PASSWORD_REFUSALS = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_COMMON',
  'PASSWORD_CONTAINS_IDENTITY',
  'PASSWORD_PREDICTABLE',
] as const

/** A credential was stored under an id of its own, and is to be this person's from now on. */
export const Adoption = z.object({ credentialId: z.string(), userId: z.string() })

export const passwordsCalls = defineCalls('passwords', {
  /**
   * Stores the credential of an account that is about to be made. `user.registered` claims it; one that no account
   * claimed within 60 s is swept.
   */
  setForNewUser: {
    callers: ['users'],
    input: z.object({ userId: z.string(), password: z.string(), identity: z.array(z.string()) }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('set') }),
      z.object({ kind: z.literal('refused'), reasons: z.array(z.enum(PASSWORD_REFUSALS)).min(1) }),
    ]),
  },
  /**
   * Gives a stored credential to an account that was there before it: of many who try to set the password of such an
   * account, each stores one of their own, and the one whose invitation counts has theirs adopted. Idempotent.
   */
  adopt: { callers: ['users'], input: Adoption, output: z.object({ adopted: z.boolean() }) },
  /**
   * Costs one hash, whoever is asked about: `userId` null (nobody, locked, disabled) is checked against a dummy.
   */
  verify: {
    callers: ['auth'],
    input: z.object({ userId: z.string().nullable(), password: z.string() }),
    /** `mustChange`: it is right, and its owner has to choose another before they go on. */
    output: z.object({ matches: z.boolean(), mustChange: z.boolean().default(false) }),
  },
})

/** Somebody's password is another one now. Sessions end but the one that is kept. */
export const PasswordChange = z.object({
  userId: z.string(),
  how: z.enum(['RESET', 'CHANGED', 'SET']),
  keptSessionId: z.string().nullable(),
})

/** The backstop of auth's `passwordChanged`, under the same id, for when passwords died between its commit and the call. */
export const passwordChanged = defineEvent(
  'password.changed',
  ['auth', 'notifications'],
  PasswordChange.extend({ at: z.iso.datetime() }),
)

/** Somebody forgot their password, or says so. The token of the mailed link travels sealed. */
export const passwordResetRequested = defineEvent(
  'password.reset-requested',
  ['notifications'],
  z.object({ userId: z.string(), sealedToken: z.string(), resetUrl: z.url() }),
)

/** Whoever reset a password did so by a link that went to this address: `addressDigest` of the proof and the address. */
export const AddressProof = z.object({ proofId: z.string(), userId: z.string(), address: z.string() })

/** The backstop of users' `proveAddress`, under the id of the proof. */
export const addressProved = defineEvent('password.address-proved', ['users'], AddressProof)
