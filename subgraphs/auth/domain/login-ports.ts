import type { AuthenticationMethod, Device, NewSession, SecondFactor, TriedAt } from './ports.js'

/** What a sign-in starts with. */
export type FirstMethod = Extract<AuthenticationMethod, 'PASSWORD' | 'OTP_EMAIL' | 'OTP_SMS'>

/** What is asked for beside it. */
export type LoginAsks = 'SECOND_FACTOR' | 'ENROLLMENT' | 'VERIFICATION' | 'PASSWORD_CHANGE'

/** Why a password has to be another: staff want it, or it may be too short without a second factor. */
export type ChangeReason = 'ADMIN_RESET' | 'TOO_SHORT'

/** A right password, or code, of somebody who is asked for more. */
export type PendingLogin = {
  userId: string
  clientId: string
  device: Device
  delivery: 'COOKIE' | 'BODY'
  /** Digest of the token that the device showed, base64url; null where it showed none. */
  shownDevice: string | null
  /** What was shown first. Tickets from before there was a choice do not say; it was the password. */
  method?: FirstMethod
  /** Tickets from before there was a choice do not say; it was the second factor. */
  asks?: LoginAsks
  /** The second factor that was proved since. */
  secondMethod?: SecondFactor
  /** When the last of it was proved, in the database's own words; a ticket says so from when it is issued. */
  provedAt?: TriedAt
  /** At which version of the person's factors it was. */
  factorVersion?: number
  /** Whether a password is to be enough on this device, as whoever proved that factor wants it. */
  trustsDevice?: boolean
  /** The password was right, and its owner has to choose another before they go on. */
  mustChange?: boolean
  /** Why. Tickets from before there was a choice do not say; staff wanted it. */
  changeReason?: ChangeReason
}

export type LoginTicketStore = {
  /**
   * Spends the grant and the ticket that it stands for, if any; null where one was spent before, or the password has
   * changed since it was tried.
   */
  issue(
    digest: Uint8Array,
    login: PendingLogin,
    spent: Pick<NewSession, 'grant' | 'ticket' | 'passwordTriedAt'>,
  ): Promise<{ expiresAt: Date } | null>
  /** Without taking a try; null for what is no ticket, or has had its tries, or is over. */
  find(digest: Uint8Array): Promise<PendingLogin | null>
  /** Takes one of its few tries; null for what is no ticket, or has had them, or is over. */
  try(digest: Uint8Array): Promise<PendingLogin | null>
}
