import { getTableColumns, sql } from 'drizzle-orm'
import type { AccountStatus } from '../domain/ports.js'
import { users } from './tables.js'

const {
  wantedUsername: _wanted,
  termsVersion: _version,
  termsAcceptedAt: _at,
  disabledUntil: _until,
  deletionAt: _deletion,
  anonymizedAt: _anonymized,
  attributes: _attributes,
  ...account
} = getTableColumns(users)

/** What an account is by the database's clock: a time for which it was disabled may be over, its deletion be wanted. */
export const statusNow = sql<AccountStatus>`case
  when ${users.status} = 'DISABLED' and coalesce(${users.disabledUntil} > now(), true) then 'DISABLED'
  when ${users.deletionAt} is not null then 'PENDING_DELETION'
  when ${users.status} <> 'DISABLED' then ${users.status}
  when ${users.verifiedAt} is null then 'PENDING_VERIFICATION' else 'ACTIVE' end`

/** An account as the domain knows it. */
export const accountColumns = { ...account, status: statusNow }
