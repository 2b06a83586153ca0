import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'
import { AccessChanged } from './access.js'
import { ActorGiven, Refusal } from './audit.js'
import { AddressProof, Adoption } from './passwords.js'

const Status = z.enum(['ACTIVE', 'PENDING_VERIFICATION', 'DISABLED', 'LOCKED', 'PENDING_DELETION'])

const Account = z.object({
  id: z.string(),
  status: Status,
  /** Some identifier of this account was proved at least once. */
  everVerified: z.boolean(),
  ...{ emailVerified: z.boolean(), phoneNumberVerified: z.boolean().default(false) },
  roles: z.array(z.string()),
  /** What the roles allow, ready for a token's `scope`. */
  scopes: z.array(z.string()),
  /** What is left of them for whoever has shown no second factor, and whether some role demands one (SECURITY 8.6). */
  scopesWithoutMfa: z.array(z.string()).optional(),
  requiresMfa: z.boolean().default(false),
  /** How long the strictest of the roles lets a session live; auth knows the times (SECURITY 5.3). */
  sessionLife: z.enum(['LONG', 'SHORT', 'SHORTEST']).default('LONG'),
  /** What an operator has in tokens beside our own claims. */
  claims: z.record(z.string(), z.unknown()).default({}),
  /** The same for whoever has shown no second factor: roles that demand one are left out. */
  claimsWithoutMfa: z.record(z.string(), z.unknown()).optional(),
  /** Rises with each change of roles or status; a token says at which one it was issued. */
  accessVersion: z.number().int().default(0),
})

/** With the addresses by which it is reached, proved or not. */
const Reachable = Account.extend({
  email: z.string().nullable().default(null),
  phoneNumber: z.string().nullable().default(null),
})

const Contact = Reachable.extend({
  displayName: z.string().nullable(),
  /** Names beside the one that is shown: words that a password must not consist of. */
  otherNames: z.array(z.string()).default([]),
  locale: z.string(),
  timeZone: z.string().nullable(),
})

/** What an address was, and what it is to become. */
const ContactChange = z.object({
  userId: z.string(),
  kind: z.enum(['EMAIL', 'PHONE']).default('EMAIL'),
  oldValue: z.string().nullable(),
  newValue: z.string(),
  /** It waits for its proof, and the new address is nobody else's: only then a proof goes there. */
  provable: z.boolean().default(true),
})

export const usersCalls = defineCalls('users', {
  /** What the router refused, added up, for the audit log (SECURITY 12.4). */
  recordRefusals: {
    callers: ['router'],
    input: z.object({ refusals: z.array(Refusal).min(1).max(1000) }),
    output: z.object({}),
  },
  /** The account that an identifier names, verified or not; null when there is none. */
  findByIdentifier: {
    callers: ['auth', 'otp', 'passwords'],
    input: z.object({ kind: z.enum(['email', 'phoneNumber', 'username']), value: z.string() }),
    output: Reachable.nullable(),
  },
  /** Accounts by id with the addresses they have now; unknown ids are left out. */
  getMany: {
    callers: ['auth', 'notifications', 'otp', 'passwords'],
    input: z.object({ ids: z.array(z.string()).max(1000) }),
    output: z.array(Contact),
  },
  /** Of stored credentials, those whose owner has accepted an invitation with them; others are left out. */
  findAcceptances: {
    callers: ['passwords'],
    input: z.object({ credentialIds: z.array(z.string()).max(1000) }),
    output: z.array(Adoption),
  },
  /** The two addresses of a change, for what is sent to either; null when there is no such change. */
  findContactChange: {
    callers: ['notifications', 'otp'],
    input: z.object({ changeId: z.string() }),
    output: ContactChange.nullable(),
  },
  /** Verifies an account whose address was proved by a password's reset, if it is still its address. Twice is no error. */
  proveAddress: {
    callers: ['passwords'],
    input: AddressProof.extend({ by: ActorGiven }),
    output: z.object({}),
  },
})

/** An account was made and waits for its proof. The token of the mailed link travels sealed. */
export const userRegistered = defineEvent(
  'user.registered',
  ['notifications', 'passwords'],
  z.object({
    userId: z.string(),
    /** The never-verified account that this one took the place of. */
    replacedUserId: z.string().nullable(),
    sealedToken: z.string(),
    verificationUrl: z.url(),
  }),
)

/** Someone registered with an address that has an account. Its owner is told; the visitor is not. */
export const takenAddressRegistered = defineEvent(
  'user.taken-address-registered',
  ['notifications'],
  z.object({ userId: z.string() }),
)

/** The link was asked for again; earlier links are dead. */
export const verificationRequested = defineEvent(
  'user.verification-requested',
  ['notifications'],
  z.object({ userId: z.string(), sealedToken: z.string(), verificationUrl: z.url() }),
)

/** The backstop of auth's `accessChanged`, for when users died between its commit and the call. */
export const accessChanged = defineEvent('user.access-changed', ['auth', 'notifications'], AccessChanged)

/** A person wants another e-mail address; the link that proves it goes to the new one, its token sealed. */
export const emailChangeRequested = defineEvent(
  'user.email-change-requested',
  ['notifications'],
  z.object({ userId: z.string(), changeId: z.string(), sealedToken: z.string(), confirmUrl: z.url() }),
)

/** Somebody wanted to change to an address that is another person's. Its owner is told; who asked is not. */
export const takenAddressWanted = defineEvent(
  'user.taken-address-wanted',
  ['notifications'],
  z.object({ userId: z.string() }),
)

/**
 * The new address is in force; the old one or, where none was proved, the proved number gets a link that undoes it, its
 * token sealed.
 */
export const emailChanged = defineEvent(
  'user.email-changed',
  ['notifications'],
  z.object({
    ...{ userId: z.string(), changeId: z.string(), sealedUndoToken: z.string(), undoUrl: z.url() },
    tells: z.enum(['ADDRESS', 'NUMBER']).default('ADDRESS'),
  }),
)

/** An administrator made an account, or its owner asked for the link again. The token travels sealed. */
export const userInvited = defineEvent(
  'user.invited',
  ['notifications'],
  z.object({ userId: z.string(), sealedToken: z.string(), invitationUrl: z.url() }),
)

/** The backstop of passwords' `adopt`, for when users died between its commit and the call. */
export const invitationAccepted = defineEvent('user.invitation-accepted', ['passwords'], Adoption)

/** A never-verified account is gone, since somebody else has proved that its address is theirs. */
export const registrationDropped = defineEvent(
  'user.registration-dropped',
  ['passwords', 'notifications'],
  z.object({ userId: z.string() }),
)

/** A person wants their account deleted, and until when they may change their mind. */
export const deletionRequested = defineEvent(
  'user.deletion-requested',
  ['notifications'],
  z.object({ userId: z.string(), effectiveAt: z.iso.datetime() }),
)

/** The account stays. */
export const deletionCancelled = defineEvent(
  'user.deletion-cancelled',
  ['notifications'],
  z.object({ userId: z.string() }),
)

/**
 * The account is gone: everyone erases what they hold of it and answers with `user.part-erased`. Told again a little
 * later, for what was being written meanwhile, and until everyone has answered.
 */
export const userDeleted = defineEvent(
  'user.deleted',
  ['auth', 'passwords', 'otp', 'notifications'],
  z.object({
    userId: z.string(),
    /** Counts from 1. */
    round: z.number().int().min(1),
    /** Where the last message goes, sealed to notifications; nobody else is to read it. Null where none is due. */
    sealedContact: z.string().nullable(),
  }),
)

/** What `sealedContact` holds, as JSON. */
export const LastContact = z.object({
  ...{ email: z.string().nullable(), emailVerified: z.boolean() },
  ...{ phoneNumber: z.string().nullable(), phoneNumberVerified: z.boolean() },
  displayName: z.string().nullable(),
  locale: z.string(),
  timeZone: z.string().nullable(),
})
