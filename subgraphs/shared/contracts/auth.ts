import * as z from 'zod'
import { defineCalls } from '../calls/define-calls.js'
import { defineEvent } from '../events/define-event.js'
import { ID_PREFIXES, isId, uuidToId } from '../ids/type-id.js'
import { AccessChange } from './access.js'
import { ActorGiven } from './audit.js'
import { PasswordChange } from './passwords.js'

const Jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())) })

export const authCalls = defineCalls('auth', {
  /** Public halves of the keys that sign access tokens. */
  signingKeys: { callers: ['router'], input: z.object({}), output: Jwks },
  /**
   * Sessions, and secrets of machine clients, ended since a cursor, for the router's set of refused ones. Without a cursor: all that could still
   * be carried by a living token. The next cursor is database time, with an overlap that hides commit order.
   */
  endedSessions: {
    callers: ['router'],
    input: z.object({ cursor: z.string().nullable() }),
    output: z.object({
      sessionIds: z.array(z.string()),
      /** People whose tokens of an older version are refused. */
      accessVersions: z.array(z.object({ userId: z.string(), version: z.number().int() })).default([]),
      /** Every key there is now: one that was told before and is missing was taken back. Null of an auth too old to say. */
      keyIds: z.array(z.string()).nullable().default(null),
      cursor: z.string(),
    }),
  },
  /** Whether tokens of a session, or of a machine client's secret, are still good; asked by the router when its own set is stale. */
  isSessionActive: {
    callers: ['router'],
    input: z.object({
      sessionId: z.string(),
      userId: z.string().optional(),
      accessVersion: z.number().int().default(0),
    }),
    output: z.object({ active: z.boolean() }),
  },
  /**
   * Whom a ticket of a sign-in or step-up stands for, and which methods would complete it; null for what is no ticket, or
   * none of this session's. It takes none of the ticket's tries.
   */
  ticketHolder: {
    callers: ['otp'],
    input: z.object({
      kind: z.enum(['LOGIN', 'ENROLLMENT', 'STEP_UP']),
      ticket: z.string(),
      /** By which session it is shown. */
      sessionId: z.string().nullable(),
    }),
    output: z.object({ userId: z.string(), methods: z.array(z.string()) }).nullable(),
  },
  /** Whose sessions are; ids of none are left out. Users resolves `node` with it. */
  sessionOwners: {
    callers: ['users'],
    input: z.object({ ids: z.array(z.string()).max(100) }),
    output: z.array(z.object({ id: z.string(), userId: z.string() })),
  },
  /** The same of what somebody is asked for beside a password: their sessions survive, their tokens are refreshed (SECURITY 4.1). */
  factorsChanged: {
    callers: ['otp'],
    input: z.object({ userId: z.string(), version: z.number().int() }),
    output: z.object({}),
  },
  /** Said before the change is acknowledged, so that it is seen everywhere within 5 s (SECURITY 4.5). Twice is no error. */
  accessChanged: { callers: ['users'], input: AccessChange, output: z.object({}) },
  /**
   * Ends sessions before a changed password is acknowledged (SECURITY 10.3); a reset also forgets the failures that may
   * have closed the account (7.1). `eventId` is that of `password.changed`: of the two, one acts. `revoked` is null where
   * the event did.
   */
  passwordChanged: {
    callers: ['passwords'],
    input: PasswordChange.extend({ eventId: z.uuid(), by: ActorGiven }),
    output: z.object({ revoked: z.number().int().nullable() }),
  },
  /** Takes one of the tries that an account has at its password, before anybody looks at what was typed (SECURITY 7.1, 7.3). */
  takePasswordTry: {
    callers: ['passwords'],
    input: z.object({ userId: z.string() }),
    output: z.object({ allowed: z.boolean() }),
  },
  /** What came of it: a wrong one stays counted, a right one forgets the failures. */
  settlePasswordTry: {
    callers: ['passwords'],
    input: z.object({ userId: z.string(), matches: z.boolean(), by: ActorGiven }),
    output: z.object({}),
  },
  /** Nobody could look at what was typed: it costs no try. */
  giveBackPasswordTry: {
    callers: ['passwords'],
    input: z.object({ userId: z.string() }),
    output: z.object({}),
  },
})

/** Someone signed in. */
export const sessionStarted = defineEvent(
  'session.started',
  ['notifications'],
  z.object({
    userId: z.string(),
    sessionId: z.string(),
    isNewDevice: z.boolean(),
    /** How many tries had failed since the last success. */
    failuresBefore: z.number().int().default(0),
    device: z.string(),
    ip: z.string(),
    at: z.iso.datetime(),
  }),
  { gathered: true },
)

/** An old refresh token came back: the session was ended, since one of its two holders is a thief (RFC 9700). */
export const refreshReuseDetected = defineEvent(
  'refresh.reuse-detected',
  ['notifications'],
  z.object({ userId: z.string(), sessionId: z.string(), at: z.iso.datetime() }),
)

/** The statement that ends sessions knows them by uuid; everyone else knows them by id. */
const sessionId = z
  .string()
  .transform((id) => (isId(ID_PREFIXES.session, id) ? id : uuidToId(ID_PREFIXES.session, id)))

/** Sessions ended that their owner did not end: by staff, by a stolen token, by the 21st, or with the account. */
export const sessionRevoked = defineEvent(
  'session.revoked',
  ['notifications'],
  z.object({
    userId: z.string(),
    sessionIds: z.array(sessionId),
    reason: z.enum(['REVOKED', 'REUSE', 'TOO_MANY', 'DISABLED']),
    at: z.iso.datetime(),
  }),
)

/** The right password for an account that was never verified: its link is sent again, and nothing is said. */
export const unverifiedSignIn = defineEvent('sign-in.unverified', ['users'], z.object({ userId: z.string() }))
