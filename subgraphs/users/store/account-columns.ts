import { getTableColumns, sql } from 'drizzle-orm'
import type { AccountStatus } from '../domain/ports.js'
import { users } from './tables.js'

const {
  wantedUsername: _wanted,
  termsVersion: _version,
  termsAcceptedAt: _at,
  disabledUntil: _until,
  ...account
} = getTableColumns(users)

/** What an account has been since it was disabled for a time that is over, by the database's clock. */
export const statusNow = sql<AccountStatus>`case
  when ${users.status} <> 'DISABLED' or coalesce(${users.disabledUntil} > now(), true) then ${users.status}
  when ${users.verifiedAt} is null then 'PENDING_VERIFICATION' else 'ACTIVE' end`

/** An account as the domain knows it. */
export const accountColumns = { ...account, status: statusNow }
