import type { Actor } from '../../shared/audit/act.js'
import type { Account, ProfileChange, Verified } from './ports.js'

/** An invitation about to be sent: its digest stays here, its token leaves sealed. */
export type NewInvitation = { digest: Uint8Array; sealedToken: string; invitationUrl: string }

/** An account that an administrator makes for somebody else. */
export type PreparedAccount = {
  id: string
  /** One of the two at least. A number beside an address waits for a proof of its own. */
  email: string | null
  phoneNumber: string | null
  username: string | null
  /** All of them, the basic one too. */
  roles: readonly string[]
  profile: ProfileChange
}

export type Taken = 'email' | 'phoneNumber' | 'username'

export type AccountPrepared = { kind: 'created'; account: Account } | { kind: 'refused'; taken: Taken[] }

/** What names the person of an account, which their password must not contain. */
export type Invitee = Pick<
  Account,
  'id' | 'email' | 'phoneNumber' | 'username' | 'displayName' | 'givenName' | 'familyName'
>

export type InvitationFound =
  | { kind: 'found'; invitee: Invitee }
  | { kind: 'refused'; reason: 'EXPIRED' | 'ALREADY_USED' }

export type Acceptance = {
  /** Under which the password was stored; passwords gives it to the account. */
  credentialId: string
  /** For an account that has none. */
  wantedUsername: string | null
  termsVersion: string | null
  profile: ProfileChange
}

/** Each method is right however many callers race, and tells the audit log who did it. */
export type InvitationStore = {
  /**
   * Makes an account that waits for its owner, in the place of a never-verified one that somebody registered with the
   * address or number. Has the invitation sent where there is one: to the address or, where there is none, to the number.
   */
  create(account: PreparedAccount, invitation: NewInvitation | null, by: Actor): Promise<AccountPrepared>
  find(digest: Uint8Array): Promise<InvitationFound>
  /** Of stored credentials, those that an invitation was accepted with. */
  findAcceptances(credentialIds: readonly string[]): Promise<{ credentialId: string; userId: string }[]>
  /** Spends the invitation, verifies its account by where it went, and says whose password was set, in one transaction. */
  accept(digest: Uint8Array, acceptance: Acceptance, by: Actor): Promise<Verified>
}
