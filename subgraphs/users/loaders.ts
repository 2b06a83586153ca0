import DataLoader from 'dataloader'
import { mask } from '../shared/identifiers/mask.js'
import type { StoredAttributes } from './domain/attributes.js'
import type { Deletion, DeletionStore } from './domain/deletion-ports.js'
import type { ContactChange, ContactChangeStore } from './domain/ports.js'
import type { Stores } from './store/create-stores.js'

/** For its owner to recognise, and for nobody to learn. An address is never a username, the one thing without a mask. */
export const maskContact = ({ kind, newValue }: Pick<ContactChange, 'kind' | 'newValue'>): string =>
  mask({ kind: kind === 'EMAIL' ? 'email' : 'phoneNumber', value: newValue }) ?? ''

type OwnersOf = (input: { ids: string[] }) => Promise<{ id: string; userId: string }[]>

/** What is read together, and once for each request. */
export const createLoaders = (
  { accounts, changes, deletions, attributeValues }: Stores,
  sessionOwnersOf: OwnersOf,
) => ({
  accounts: new DataLoader((ids: readonly string[]) => loadInOrder(accounts, ids)),
  contactChanges: new DataLoader((ids: readonly string[]) => loadInOrder(changes, ids)),
  pendingChanges: new DataLoader((ids: readonly string[]) => loadPending(changes, ids)),
  storedAttributes: new DataLoader((ids: readonly string[]) => loadAttributes(attributeValues, ids)),
  deletionOf: new DataLoader((ids: readonly string[]) => loadDeletions(deletions, ids)),
  sessionOwners: new DataLoader((ids: readonly string[]) => loadSessionOwners(sessionOwnersOf, ids), {
    // As many as one call may ask for.
    maxBatchSize: 100,
  }),
})

type Many<Row> = { findMany(ids: readonly string[]): Promise<Row[]> }

/** Rows in the order of their ids; null where there is none. */
async function loadInOrder<Row extends { id: string }>(
  store: Many<Row>,
  ids: readonly string[],
): Promise<(Row | null)[]> {
  const rows = new Map((await store.findMany(ids)).map((row) => [row.id, row]))
  return ids.map((id) => rows.get(id) ?? null)
}

async function loadDeletions(
  deletions: Pick<DeletionStore, 'findMany'>,
  ids: readonly string[],
): Promise<(Deletion | null)[]> {
  const rows = new Map((await deletions.findMany(ids)).map((deletion) => [deletion.userId, deletion]))
  return ids.map((id) => rows.get(id) ?? null)
}

async function loadSessionOwners(ownersOf: OwnersOf, ids: readonly string[]) {
  const owners = new Map((await ownersOf({ ids: [...ids] })).map(({ id, userId }) => [id, userId]))
  return ids.map((id) => owners.get(id) ?? null)
}

async function loadPending(changes: ContactChangeStore, ids: readonly string[]): Promise<ContactChange[][]> {
  const rows = await changes.listPending(ids)
  return ids.map((id) => rows.filter(({ userId }) => userId === id))
}

async function loadAttributes(
  store: Many<{ id: string; attributes: StoredAttributes }>,
  ids: readonly string[],
): Promise<StoredAttributes[]> {
  const rows = new Map((await store.findMany(ids)).map(({ id, attributes }) => [id, attributes]))
  return ids.map((id) => rows.get(id) ?? {})
}
