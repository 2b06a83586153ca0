import type { AdministrativeAct } from './administration-ports.js'
import type { Account, NewLink, UndoLink } from './ports.js'

/** Null leaves it as it is. A new address without `isVerified` waits for its proof. */
export type AddressChange = { email: string | null; isVerified: boolean | null }

/** What may have to be mailed: to the address, for its proof, and to the one before, to undo the change. */
export type AddressMails = {
  changeId: string
  /** Of a token that nobody has: the change waits for no proof. */
  confirmDigest: Uint8Array
  link: NewLink
  undo: UndoLink
}

export type AddressChanged =
  | { kind: 'done'; account: Account; isUsernameTaken: boolean }
  | { kind: 'refused'; reason: 'NOT_FOUND' | 'FORBIDDEN' | 'TAKEN' | 'NO_ADDRESS' }

export type AddressStore = {
  /**
   * Puts another address in force, or says that the one there is was proved or was not, in one transaction with the mails
   * that follow from it. The person's sessions go on.
   */
  change(act: AdministrativeAct, change: AddressChange, mails: AddressMails): Promise<AddressChanged>
}
