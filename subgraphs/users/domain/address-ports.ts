import type { AdministrativeAct } from './administration-ports.js'
import type { Account, NewLink, UndoLink } from './ports.js'

/** Null leaves it as it is. A new address or number without its `is…Verified` waits for its proof. */
export type AddressChange = {
  email: string | null
  isEmailVerified: boolean | null
  phoneNumber: string | null
  isNumberVerified: boolean | null
}

/** What may have to be sent: to the new one, for its proof, and to the one before, to undo the change. */
export type AddressMails = {
  changeId: string
  /** Of a token that nobody has: the change waits for no proof. */
  confirmDigest: Uint8Array
  link: NewLink
  undo: UndoLink
  ofNumber: { changeId: string; undo: UndoLink }
}

export type AddressChanged =
  | { kind: 'done'; account: Account; isUsernameTaken: boolean }
  | {
      kind: 'refused'
      reason: 'NOT_FOUND' | 'FORBIDDEN' | 'TAKEN' | 'NO_ADDRESS' | 'NUMBER_TAKEN' | 'NO_NUMBER'
    }

export type AddressStore = {
  /**
   * Puts another address or number in force, or says that the one there is was proved or was not, in one transaction with the
   * messages that follow from it: all of it or nothing. The person's sessions go on.
   */
  change(act: AdministrativeAct, change: AddressChange, mails: AddressMails): Promise<AddressChanged>
}
