import type { Actor } from '../../shared/audit/act.js'

/** What a person may be asked for beside their password, the strongest first. */
export type FactorMethod = 'TOTP' | 'OTP_SMS' | 'RECOVERY_CODE'

/** What is typed from an app or a list; a text is traded for a grant. */
export type CheckedMethod = Exclude<FactorMethod, 'OTP_SMS'>

export type Factors = {
  totp: { enrolledAt: Date; lastUsedAt: Date | null } | null
  sms: { destinationMasked: string; enrolledAt: Date; lastUsedAt: Date | null } | null
  recoveryCodes: number
  /** Rises with each change of what is asked for; tokens say at which one they were issued. */
  version: number
  /** The version at which a factor was last taken away; 0 where none was. */
  removedAtVersion: number
}

export const NO_FACTORS: Factors = {
  totp: null,
  sms: null,
  recoveryCodes: 0,
  version: 0,
  removedAtVersion: 0,
}

/** Recovery codes as they are kept: digests under one salt. */
export type NewRecoveryCodes = { salt: Uint8Array; digests: Uint8Array[] }

/** A secret to check a code against, and the time step it is by the database's clock. */
export type TotpTry = { sealedSecret: string; step: number }

export type TryRefused = { kind: 'refused'; reason: 'NOT_ENROLLED' | 'TOO_MANY_ATTEMPTS' | 'EXPIRED' }

/** What happened to somebody's factors. */
export type MfaChange =
  | 'TOTP_ENROLLED'
  | 'TOTP_REMOVED'
  | 'SMS_ENROLLED'
  | 'SMS_REMOVED'
  | 'RECOVERY_CODES_RENEWED'
  | 'RESET'

/** A number that texts go to as second factor: a keyed digest, and what its owner is shown of it. */
export type FactorNumber = { digest: Uint8Array; masked: string }

type Enrollment = { id: string; userId: string }

export type RemoveFactor = { by: Actor; keepsLast: boolean }

export type FactorRemoval = 'REMOVED' | 'NONE' | 'LAST'

/**
 * What the domain needs from storage. Each method is right however many callers race. A try takes one of the person's
 * wrong codes (SECURITY 8.2) before anything is compared, and spending gives it back.
 */
export type FactorStore = {
  /** In no order. The same statement whoever is asked about; what is no id is left out. */
  findMany(userIds: readonly string[]): Promise<(Factors & { userId: string })[]>
  /** One waits at a time: a later one takes its place. */
  beginEnrollment(enrollment: Enrollment & { sealedSecret: string }): Promise<void>
  /** Takes one of the few tries that an enrolment has. */
  tryEnrollment(enrollment: Enrollment): Promise<({ kind: 'counted' } & TotpTry) | TryRefused>
  /**
   * Puts the app in force, exactly once, in the place of one that was there; where the person has no recovery codes they
   * get these. Says whether they did, and when that was; null where the enrolment is over, or is not the first.
   */
  confirmEnrollment(
    enrollment: Enrollment & {
      step: number
      /** Only where there is no factor yet, as by a ticket that is for the first. */
      isFirst: boolean
    },
    codes: NewRecoveryCodes,
    by: Actor,
  ): Promise<{ codesGiven: boolean; at: Date } | null>
  tryTotp(userId: string): Promise<({ kind: 'counted' } & TotpTry) | TryRefused>
  /** Exactly once for a step, and never for one before it (RFC 6238 section 5.2). */
  spendStep(userId: string, step: number): Promise<boolean>
  tryRecovery(userId: string): Promise<{ kind: 'counted'; salt: Uint8Array } | TryRefused>
  /** Exactly once for a code; false where there is none like it. */
  spendRecovery(userId: string, digest: Uint8Array): Promise<boolean>
  /**
   * Texts to this number, and to none before it, are a second factor; where the person has no recovery codes they get these.
   * Says whether they did. Nothing is changed, or told, where it is so already.
   */
  enrolSms(
    userId: string,
    number: FactorNumber,
    how: { codes: NewRecoveryCodes; by: Actor },
  ): Promise<{ codesGiven: boolean }>
  /** Whether texts are this person's second factor and this number is not one that they were to go to. */
  isOtherNumber(userId: string, digest: Uint8Array): Promise<boolean>
  /** With the last factor go the recovery codes, unless the last is to be kept. */
  removeTotp(userId: string, how: RemoveFactor): Promise<FactorRemoval>
  removeSms(userId: string, how: RemoveFactor): Promise<FactorRemoval>
  /** New codes in the place of all old ones; false where there is no factor that they could stand in for. */
  renewRecoveryCodes(userId: string, codes: NewRecoveryCodes, by: Actor): Promise<boolean>
  /** Everything goes; false where there was nothing. */
  reset(userId: string, how: { by: Actor; reason: string }): Promise<boolean>
  /** Forgets enrolments that nobody confirmed. */
  deleteOld(): Promise<void>
}
