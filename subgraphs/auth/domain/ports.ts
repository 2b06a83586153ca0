import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { EndedSince } from './access-ports.js'
import type { PasswordEnd } from './password-change-ports.js'

export type SessionState = 'ACTIVE' | 'EXPIRED' | 'REVOKED'

export type Device = {
  name: string
  browser: string | null
  os: string | null
  kind: 'DESKTOP' | 'MOBILE' | 'TABLET' | 'OTHER'
}

export type Session = {
  id: string
  userId: string
  /** By the database's clock, at the moment of reading. */
  state: SessionState
  clientId: string
  assurance: 'AAL1' | 'AAL2' | 'AAL3'
  methods: AuthenticationMethod[]
  device: Device
  ip: string | null
  createdAt: Date
  lastSeenAt: Date
  idleExpiresAt: Date
  absoluteExpiresAt: Date
  authenticatedAt: Date
  /** At which version of the person's second factors one was shown, where one was. */
  factorVersion: number
}

export type AuthenticationMethod =
  | 'PASSWORD'
  | 'OTP_EMAIL'
  | 'OTP_SMS'
  | 'TOTP'
  | 'PASSKEY'
  | 'MAGIC_LINK'
  | 'EXTERNAL'
  | 'RECOVERY_CODE'

/** What is asked for beside a password. */
export type SecondFactor = Extract<AuthenticationMethod, 'TOTP' | 'OTP_SMS' | 'RECOVERY_CODE'>

/** How long a session may live: who may do more is signed in for less (SECURITY 5.3). */
export type SessionLife = 'LONG' | 'SHORT' | 'SHORTEST'

/** What users tells of an account. */
export type KnownAccount = {
  id: string
  status: 'ACTIVE' | 'PENDING_VERIFICATION' | 'DISABLED' | 'LOCKED' | 'PENDING_DELETION'
  everVerified: boolean
  phoneNumberVerified: boolean
  scopes: string[]
  /** What is left of them for whoever has shown no second factor, where some role demands one. */
  scopesWithoutMfa?: string[] | undefined
  requiresMfa: boolean
  sessionLife: SessionLife
  /** What an operator has in tokens beside our own claims. */
  claims: Record<string, unknown>
  /** The same for whoever has shown no second factor; all of it where users does not say. */
  claimsWithoutMfa?: Record<string, unknown> | undefined
  /** At which version of roles and status this is so. */
  accessVersion: number
}

/** An account, with what otp tells: the second factors that are enrolled. */
export type Account = KnownAccount & {
  factors: readonly SecondFactor[]
  /** What proves somebody again who has no factor: the password or, without one, a code to an address that was proved. */
  basicProofs: readonly AuthenticationMethod[]
  /** Rises with each change of them. */
  factorVersion: number
  /** The version at which one was last taken away: what was shown at one before it proves nothing any more. */
  removedAtVersion: number
}

/** A grant of otp's, by its id, kept until it would have expired. */
export type SpentGrant = { jti: string; expiresAt: Date }

export type NewSession = {
  id: string
  userId: string
  life: SessionLife
  clientId: string
  methods: AuthenticationMethod[]
  assurance: Session['assurance']
  /** At which version of the person's second factors one was shown, where one was. */
  factorVersion: number
  device: Device
  ip: string
  userAgent: string | null
  refreshDigest: Uint8Array
  /** Digest of the token that this device showed, if any, and of the one it gets when that is not known. */
  shownDevice: Uint8Array | null
  newDevice: Uint8Array
  /** The failure counter that a success empties. */
  subject: string
  /** Whether a password is to be enough on this device for a while. */
  trustsDevice: boolean
  /** Digest of the ticket that is spent for it; null where the first factor was enough. */
  ticket: Uint8Array | null
  /** The grant that is spent for it; null where none was shown. */
  grant: SpentGrant | null
  /** Of the password that was shown for it; null where none was, or a ticket stands for it. */
  passwordTriedAt: TriedAt | null
  /** When the last proof was made, where a ticket stands for it; at this moment where it does not say. */
  provedAt?: TriedAt | undefined
}

/**
 * When a try was counted, in the database's own words: before the password was looked at. What was found right then is
 * worth nothing once the password has changed.
 */
export type TriedAt = string

/** The session that follows one whose person proved again who they are. */
export type SessionReplacement = {
  id: string
  replaces: string
  userId: string
  life: SessionLife
  /** What was proved, and the level it reaches. */
  method: AuthenticationMethod
  assurance: Session['assurance']
  /** The version of the person's second factors that was read before it was proved. */
  factorVersion: number
  ip: string
  by: Actor
  refreshDigest: Uint8Array
  /** The failure counter that a success empties. */
  subject: string
  /** Of the password that was shown for it; null where something else was. */
  passwordTriedAt: TriedAt | null
  /** The grant that is spent for it; null where none was shown. */
  grant: SpentGrant | null
}

/** The refresh token that is traded, and the one it is traded for, by digest. */
export type Rotation = { sessionId: string; from: Uint8Array; to: Uint8Array }

export type SessionStore = {
  /**
   * Starts a session, recognises or remembers the device, clears the failures, and tells: in one statement. A
   * second one ends what the person has beyond `MAX_SESSIONS`, the oldest first. Null where its ticket or
   * grant was spent before, or the password has changed since it was tried.
   */
  start(session: NewSession): Promise<{ session: Session; isNewDevice: boolean } | null>
  /**
   * Trades the current refresh token for the next in one guarded statement; null when this was not the current
   * token of a living session. The session may be found to have ended, when its person may not be signed in for as
   * long as before; one that showed a factor that was taken away since has shown none.
   */
  rotate(rotation: Rotation & { life: SessionLife; removedAtVersion: number }): Promise<Session | null>
  /** What became of a token that `rotate` refused. */
  judgeRefused(rotation: Rotation): Promise<RefusedToken>
  /**
   * Ends a living session of this person and starts its successor; null for all callers but one, and where the password
   * has changed since it was tried or the grant was spent before.
   */
  replace(replacement: SessionReplacement): Promise<Session | null>
  /** Ends a session; tells its owner when the reason is a stolen token. True for the one caller that ended it. */
  end(sessionId: string, ending: Ending): Promise<boolean>
  endAll(userId: string, ending: Ending): Promise<string[]>
  /** Ends all of a person's sessions but one. */
  endOthers(userId: string, keptId: string, ending: Ending): Promise<string[]>
  /** Ends a session if it is this person's. */
  endOwn(userId: string, sessionId: string, ending: Ending): Promise<boolean>
  /** When each of these people last signed in; who never did is left out. */
  lastSignIns(userIds: readonly string[]): Promise<Map<string, Date>>
  find(id: string): Promise<Session | null>
  /** In no order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<Session[]>
  /** Of each of these people, newest first, with one row more than the page; who has none is left out. */
  list(query: {
    userIds: readonly string[]
    state: SessionState | null
    first: number
    after: string | null
  }): Promise<Map<string, Session[]>>
  /** Sessions and machine clients' secrets, and whose tokens of an older version are refused. */
  endedSince(cursor: string | null): Promise<EndedSince>
}

export type EndReason = 'LOGOUT' | 'REUSE' | 'DISABLED' | 'REVOKED' | 'TOO_MANY' | 'STEP_UP' | PasswordEnd

/** Why a session ends, and who ends it. */
export type Ending = { reason: EndReason; by: Actor }

export type RevokeResult =
  | { kind: 'revoked'; sessionIds: string[] }
  | { kind: 'refused'; problems: readonly Problem[] }

export type RefusedToken =
  /** The answer that held its successor was lost, and the successor is still unused. */
  | { kind: 'repeat'; session: Session }
  /** It was spent long ago, or its successor was used: two hold this family. */
  | { kind: 'reused'; userId: string }
  | { kind: 'ended' }
