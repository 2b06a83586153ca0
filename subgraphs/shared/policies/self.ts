import type { Policy } from './policy.js'

/** It stands on fields of `User` only, whose key is the person's id. */
export const self: Policy = {
  says: 'whose row it is',
  mayHold: () => true,
  holdsFor: (viewer, row) =>
    typeof row === 'object' && row !== null && 'id' in row && row.id === viewer.userId,
}
