import type { Actor } from '../../shared/audit/act.js'
import type { AdministrativeAct } from './administration-ports.js'
import type { Account } from './ports.js'

/** `ANONYMIZE` leaves the id, for what other teams keep of somebody: a `User` of whom nothing is known. */
export type DeletionMode = 'ERASE' | 'ANONYMIZE'

/** That a subgraph has erased its part, and how many records it was. */
export type Receipt = { userId: string; subgraph: string; round: number; records: number }

/** An account that is to be deleted, or was. */
export type Deletion = {
  userId: string
  reason: string | null
  requestedAt: Date
  effectiveAt: Date
  deletedAt: Date | null
  receipts: Pick<Receipt, 'subgraph' | 'records'>[]
}

/** Seals where the last message to somebody goes; null where none is due. */
export type SealContact = (account: Account) => Promise<string | null>

/** An account that is gone, and from which version on its tokens would be good. */
export type Deleted = { userId: string; version: number }

export type DeletionStore = {
  /** Asked for twice, it stands as it was asked for first. */
  request(
    wanted: { userId: string; reason: string | null; graceDays: number },
    by: Actor,
  ): Promise<{ kind: 'pending' } | { kind: 'refused'; reason: 'NOT_FOUND' | 'LAST_ADMIN' }>
  /** Where nothing was asked for, nothing is cancelled. `EXPIRED`: its time has come. */
  cancel(userId: string, by: Actor): Promise<{ kind: 'cancelled' } | { kind: 'refused'; reason: 'EXPIRED' }>
  /** Deletes somebody at once; whoever is gone already is told of again. */
  deleteNow(
    act: AdministrativeAct,
    how: { mode: DeletionMode; sealContact: SealContact },
  ): Promise<
    | { kind: 'deleted'; deleted: Deleted }
    | { kind: 'refused'; reason: 'NOT_FOUND' | 'FORBIDDEN' | 'LAST_ADMIN' }
  >
  /** Deletes one account whose time has come; null where there is none. Of many callers each gets another. */
  deleteDue(sealContact: SealContact): Promise<Deleted | null>
  findMany(userIds: readonly string[]): Promise<Deletion[]>
  /** Tells everyone again of accounts that are gone, and says which were told of too often without all receipts. */
  tellAgain(): Promise<string[]>
}
