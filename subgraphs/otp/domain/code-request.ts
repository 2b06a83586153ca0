import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Identifier, IdentifierInput } from '../../shared/identifiers/identifier.js'
import type { Channel, CustomUse, Purpose } from './ports.js'

export type Request = {
  purpose: Purpose
  channel: Channel
  identifier?: IdentifierInput | null | undefined
  contactChangeId?: string | null | undefined
  loginTicket?: string | null | undefined
  stepUpTicket?: string | null | undefined
  action?: string | null | undefined
  audience?: string | null | undefined
}

/** Who asks: the person who is signed in and by which session, if anyone is, and from which network. */
export type Asker = { userId: string | null; sessionId: string | null; network: string }

/** Whom a code is for, and where it goes. */
export type Addressee = {
  purpose: Purpose
  channel: Channel
  /** Null: nobody who waits for such a code, so a decoy. */
  userId: string | null
  address: Identifier
  changeId: string | null
  /** Of the sign-in or step-up that it is for. */
  flow: string | null
  /** Null where one of our own subgraphs spends the grant. */
  custom: CustomUse | null
  /** The person's own address, where they were named by another identifier; null for nobody. */
  ownAddress: Identifier | null
  /** Under what its wrong codes are counted. */
  subject: string
}

export type AddresseeFound = { value: Addressee } | { problem: Problem }
