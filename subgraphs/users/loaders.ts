import { mask } from '../shared/identifiers/mask.js'
import type { Deletion, DeletionStore } from './domain/deletion-ports.js'
import type { Account, AccountStore, ContactChange, ContactChangeStore } from './domain/ports.js'

/** For its owner to recognise, and for nobody to learn. An address is never a username, the one thing without a mask. */
export const maskContact = ({ kind, newValue }: Pick<ContactChange, 'kind' | 'newValue'>): string =>
  mask({ kind: kind === 'EMAIL' ? 'email' : 'phoneNumber', value: newValue }) ?? ''

export async function loadInOrder(
  accounts: AccountStore,
  ids: readonly string[],
): Promise<(Account | null)[]> {
  const rows = new Map((await accounts.findMany(ids)).map((account) => [account.id, account]))
  return ids.map((id) => rows.get(id) ?? null)
}

export async function loadDeletions(
  deletions: Pick<DeletionStore, 'findMany'>,
  ids: readonly string[],
): Promise<(Deletion | null)[]> {
  const rows = new Map((await deletions.findMany(ids)).map((deletion) => [deletion.userId, deletion]))
  return ids.map((id) => rows.get(id) ?? null)
}

export async function loadPending(
  changes: ContactChangeStore,
  ids: readonly string[],
): Promise<ContactChange[][]> {
  const rows = await changes.listPending(ids)
  return ids.map((id) => rows.filter(({ userId }) => userId === id))
}
