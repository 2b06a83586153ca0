import { contactChanges } from './tables.js'

/** A change as the domain knows it; never the digests of its links. */
export const changeColumns = {
  id: contactChanges.id,
  userId: contactChanges.userId,
  kind: contactChanges.kind,
  oldValue: contactChanges.oldValue,
  newValue: contactChanges.newValue,
  requestedAt: contactChanges.requestedAt,
  expiresAt: contactChanges.expiresAt,
  undoUntil: contactChanges.undoUntil,
}
