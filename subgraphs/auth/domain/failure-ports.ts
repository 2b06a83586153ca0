import type { Act } from '../../shared/audit/act.js'
import type { TriedAt } from './ports.js'

export type FailureStore = {
  /**
   * Counts an attempt before it is made, so that callers at once cannot exceed the limit. Where the account has had its
   * attempts, a device that it knows has some of its own.
   */
  reserve(subject: string, shownDevice: Uint8Array | null): Promise<{ allowed: boolean; at: TriedAt }>
  /**
   * The attempt stays counted, as a failure too, and the audit log is told. So is users, when the password was right and
   * this account never verified.
   */
  fail(failure: Failure): Promise<void>
  /** Takes back an attempt that nobody could judge. The same statement whoever is named. */
  giveBack(reserved: { subject: string; shownDevice: Uint8Array | null; allowed: boolean }): Promise<void>
}

export type Failure = { attempt: Act; subject: string; unverifiedUserId: string | null }

/** What one client network may fail at (SECURITY 7.2). */
export type NetworkFailures = {
  take(ip: string): Promise<{ kind: 'taken' } | { kind: 'limited'; retryAfterSeconds: number }>
  giveBack(ip: string): Promise<void>
}
