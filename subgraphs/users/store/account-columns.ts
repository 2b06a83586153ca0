import { getTableColumns } from 'drizzle-orm'
import { users } from './tables.js'

const {
  wantedUsername: _wanted,
  termsVersion: _version,
  termsAcceptedAt: _at,
  ...account
} = getTableColumns(users)

/** An account as the domain knows it. */
export const accountColumns = account
