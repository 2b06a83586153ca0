import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'
import { ActorGiven } from './audit.js'

export const PASSWORD_REFUSALS = [
  'PASSWORD_TOO_SHORT',
  'PASSWORD_TOO_LONG',
  'PASSWORD_COMMON',
  'PASSWORD_CONTAINS_IDENTITY',
  'PASSWORD_PREDICTABLE',
] as const

/** What a password that somebody chooses may be refused for: those that they had come to it. */
const NEW_PASSWORD_REFUSALS = [...PASSWORD_REFUSALS, 'PASSWORD_REUSED', 'REQUIRED'] as const

/** Why a password has to be another: staff want it, or no second factor stands beside it any more and it may be too short. */
const CHANGE_REASONS = ['ADMIN_RESET', 'TOO_SHORT'] as const

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
  /** Whether somebody has one; nobody, who is null, has none. The same statement for both (SECURITY 7.4). */
  isSet: {
    callers: ['auth'],
    input: z.object({ userId: z.string().nullable() }),
    output: z.object({ isSet: z.boolean() }),
  },
  /** Whether somebody's password is good enough without a second factor beside it (SECURITY 6.1). */
  mayLoseFactors: {
    callers: ['otp'],
    input: z.object({ userId: z.string() }),
    output: z.object({ allowed: z.boolean() }),
  },
  /**
   * Costs one hash, whoever is asked about: `userId` null (nobody, locked, disabled) is checked against a dummy.
   */
  verify: {
    callers: ['auth'],
    input: z.object({ userId: z.string().nullable(), password: z.string() }),
    /** `mustChange`: it is right, and its owner has to choose another before they go on. */
    output: z.object({
      matches: z.boolean(),
      mustChange: z.boolean().default(false),
      /** An older version does not say, and a newer one may know reasons that this one does not: nobody is kept out by either. */
      changeReason: z.enum(CHANGE_REASONS).default('ADMIN_RESET').catch('ADMIN_RESET'),
    }),
  },
  /**
   * Sets the password of somebody who has to choose another and has proved who they are, during a sign-in. Every session ends,
   * and of the sign-ins under way all but the one whose ticket is kept. Once: whoever comes second is told that it is not
   * required.
   */
  changeRequired: {
    callers: ['auth'],
    input: z.object({
      ...{ userId: z.string(), newPassword: z.string(), keptTicket: z.string() },
      by: ActorGiven,
    }),
    output: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('changed') }),
      z.object({ kind: z.literal('refused'), reasons: z.array(z.enum(NEW_PASSWORD_REFUSALS)).min(1) }),
      z.object({ kind: z.literal('not-required') }),
    ]),
  },
})

/** Somebody's password is another one now. Sessions end but the one that is kept. */
export const PasswordChange = z.object({
  userId: z.string(),
  how: z.enum(['RESET', 'CHANGED', 'SET', 'REMOVED']),
  keptSessionId: z.string().nullable(),
  /** Digest, base64url, of the ticket of a sign-in that asked for the change: of those that end, this one goes on. */
  keptTicket: z.string().nullable().default(null),
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
