import type { Actor } from '../../shared/audit/act.js'
import type { AttributeChange } from './attributes.js'

export type AccountStatus = 'ACTIVE' | 'PENDING_VERIFICATION' | 'DISABLED' | 'LOCKED' | 'PENDING_DELETION'

/** Who a person is, as far as this subgraph knows. */
export type Account = {
  id: string
  status: AccountStatus
  email: string | null
  emailVerifiedAt: Date | null
  phoneNumber: string | null
  phoneNumberVerifiedAt: Date | null
  /** When some identifier was proved for the first time; null while the account is only a claim. */
  verifiedAt: Date | null
  username: string | null
  displayName: string | null
  givenName: string | null
  familyName: string | null
  birthdate: string | null
  locale: string
  timeZone: string | null
  roles: string[]
  accessVersion: number
  createdAt: Date
  updatedAt: Date
}

/** The plain fields a person may change at will. An absent one stays as it is; null empties it. */
export type ProfileChange = Partial<
  Pick<Account, 'displayName' | 'givenName' | 'familyName' | 'birthdate' | 'locale' | 'timeZone'>
> & { attributes?: AttributeChange }

/** `address` is the digest of proof and address (`addressDigest`). */
export type AddressProof = { proofId: string; userId: string; address: string }

export type NewAccount = {
  id: string
  email: string
  /** Claimed when the account is verified, so that registering tells nothing about an address. */
  wantedUsername: string | null
  termsVersion: string | null
  profile: ProfileChange
}

/** Somebody known by a telephone number alone. */
export type NewPhoneAccount = Omit<NewAccount, 'email'> & { phoneNumber: string }

/** A code about to be texted, sealed to notifications by who made it, and the number that it is for, as in its grant. */
export type SealedCode = {
  sealedCode: string
  expiresAt: string
  challengeId: string
  addressDigest: string
}

/** What may be texted to who registers by number: a code, or what they were invited by once more. */
export type PhoneTexts = { code: SealedCode; invitation: Omit<NewLink, 'verificationUrl'> }

/** A number that somebody registers with beside their address. */
export type ClaimedNumber = { userId: string; phoneNumber: string; code: SealedCode }

/** What otp says of a code that was spent, and of where it had gone. */
export type AddressGrant = {
  userId: string
  jti: string
  expiresAt: Date
  challengeId: string
  addressDigest: string | null
}

/** A link about to be mailed: its digest stays here, its token leaves sealed. */
export type NewLink = {
  digest: Uint8Array
  sealedToken: string
  verificationUrl: string
  /** Where it leads instead when an administrator made the account: there its owner chooses a password. */
  invitationUrl: string
}

export type Verified =
  | { kind: 'verified'; account: Account; usernameTaken: boolean }
  | { kind: 'refused'; reason: 'EXPIRED' | 'ALREADY_USED' }

/** `REPLACED`: by a later one, or by somebody else's proof of the same address. */
export type ContactChangeState = 'PENDING' | 'CONFIRMED' | 'REVERTED' | 'REPLACED'

export type ContactChange = {
  id: string
  userId: string
  kind: 'EMAIL' | 'PHONE'
  oldValue: string | null
  newValue: string
  requestedAt: Date
  expiresAt: Date
  /** Until when it can be undone; null while it is not in force, and where there was no address before. */
  undoUntil: Date | null
}

/** With what is to go to the new address: a link by mail, a code by text. */
export type NewContactChange = Pick<ContactChange, 'id' | 'userId' | 'newValue'> &
  (
    | { kind: 'EMAIL'; link: { digest: Uint8Array; sealedToken: string; url: string } }
    | { kind: 'PHONE'; code: SealedCode }
  )

/** What proves a new address: the mailed link, or the grant of a code. */
export type ContactChangeProof = { kind: ContactChange['kind'] } & (
  | { digest: Uint8Array }
  | { changeId: string; grant: AddressGrant & { changeId: string | null } }
)

/** The link that goes to the old address once the change is in force. */
export type UndoLink = { digest: Uint8Array; sealedToken: string; url: string }

export type ContactChangeRequested =
  | { kind: 'pending'; change: ContactChange }
  | { kind: 'refused'; reason: 'NOT_FOUND' | 'SAME' }
  | { kind: 'limited'; retryAfter: number }

export type ContactChangeDone =
  | { kind: 'done'; account: Account; change: ContactChange }
  | { kind: 'refused'; reason: 'EXPIRED' | 'ALREADY_USED' | 'TAKEN' }

/** What changes of addresses need from storage. Each method is right however many callers race. */
export type ContactChangeStore = {
  /**
   * Writes a change that waits for its proof, in the place of an earlier one, and has link or code sent. Where the
   * address is somebody else's only that person is told; the caller cannot tell.
   */
  request(change: NewContactChange, by: Actor): Promise<ContactChangeRequested>
  /** Spends the proof, puts the new address in force and has the old one told, in one transaction. */
  confirm(proof: ContactChangeProof, undo: UndoLink, by: Actor): Promise<ContactChangeDone>
  /** Puts the old address back in force; later changes of it are undone with it, and sessions are to end. */
  revert(digest: Uint8Array, by: Actor): Promise<ContactChangeDone>
  find(id: string): Promise<ContactChange | null>
  /** In no order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<ContactChange[]>
  /** With whether a proof may go to the new address: it waits for one, and nobody else has the address. */
  findProvable(id: string): Promise<(ContactChange & { provable: boolean }) | null>
  /** Of many people: those that wait for their proof. */
  listPending(userIds: readonly string[]): Promise<ContactChange[]>
}

export type UsernameChanged =
  | { kind: 'changed'; account: Account }
  | { kind: 'refused'; reason: 'TAKEN' | 'NOT_FOUND' }

/** What the domain needs from storage. Each method is right however many callers race, and tells the audit log who did it. */
export type AccountStore = {
  /**
   * Makes the account, or takes the place of a never-verified one with that address, or, where the address is
   * somebody's, only has that person told. The caller cannot tell which.
   */
  register(account: NewAccount, link: NewLink, by: Actor): Promise<void>
  /**
   * The same for somebody known by a number, whose code leaves with the account. Whoever was invited by that number gets
   * the invitation again instead.
   */
  registerByPhone(account: NewPhoneAccount, texts: PhoneTexts, by: Actor): Promise<void>
  /** Gives an account that has just been registered a number too, not proved yet, where neither is somebody's; its code leaves. */
  attachNumber(claimed: ClaimedNumber): Promise<void>
  /** Spends the link and verifies its account, in one transaction. */
  verifyByLink(digest: Uint8Array, by: Actor): Promise<Verified>
  /** Spends a grant by its `jti` and verifies the account it names, where the address it was made for is still that one's. */
  verifyByGrant(grant: AddressGrant, by: Actor): Promise<Verified>
  /** Spends a grant and verifies the number it was made for, where that is still the account's, in one transaction. */
  verifyPhone(grant: AddressGrant, by: Actor): Promise<Verified>
  /** Verifies an account whose address was proved by another subgraph's link, if that is still its address; once. */
  proveAddress(proof: AddressProof, by: Actor): Promise<void>
  /** Replaces the link of a not yet verified address, unless one was sent too recently; costs one statement either way. */
  renewLink(userId: string, link: NewLink): Promise<void>
  findByIdentifier(identifier: Identifier): Promise<Account | null>
  /** In no order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<Account[]>
  /** Null when the account is gone or was changed since `ifUpdatedAt`. */
  updateProfile(
    id: string,
    change: ProfileChange,
    how: { ifUpdatedAt: Date | null; by: Actor },
  ): Promise<Account | null>
  /** Takes a free username, or one this person gave up; the one they had is kept from others for a while. */
  changeUsername(userId: string, username: string, by: Actor): Promise<UsernameChanged>
}

export type RoleGranted = 'GRANTED' | 'HELD_BEFORE' | 'NOT_VERIFIED' | 'NOT_FOUND'

/** What an operator at the command line may do, past the graph. */
export type OperatorStore = {
  /** Gives a role to the verified account with this address. */
  grantRole(email: string, role: string): Promise<RoleGranted>
}

export type Identifier = { kind: 'email' | 'phoneNumber' | 'username'; value: string }
