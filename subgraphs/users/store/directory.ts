import { and, arrayContains, eq, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { UserDirectory, UserFilter, UserOrder, UserQuery } from '../domain/directory-ports.js'
import { accountColumns, statusNow } from './account-columns.js'
import { hasMoreThanBasicRole, nameOf, searchTextOf, users } from './tables.js'

export const createUserDirectory = (db: PostgresJsDatabase): UserDirectory => ({
  list(query) {
    const { column, ascending } = orderOf(query)
    const direction = ascending ? sql`asc` : sql`desc`
    return db
      .select(accountColumns)
      .from(users)
      .where(and(...conditionsOf(query.filter), beyond(query)))
      .orderBy(sql`${column} ${direction}`, sql`${users.id} ${direction}`)
      .limit(query.limit + 1)
  },

  async count(filter, cap) {
    const some = db
      .select({ one: sql`1` })
      .from(users)
      .where(and(...conditionsOf(filter)))
      .limit(cap + 1)
    const [row] = await db.execute<{ counted: number }>(
      sql`select count(*)::int as counted from ${some} as matching`,
    )
    return row?.counted ?? 0
  },
})

/** The one that everyone has. */
const BASIC_ROLE = 'user'

const COLUMNS: Record<UserOrder['field'], { column: SQL; type: SQL }> = {
  CREATED_AT: { column: sql`${users.createdAt}`, type: sql`timestamptz` },
  UPDATED_AT: { column: sql`${users.updatedAt}`, type: sql`timestamptz` },
  DISPLAY_NAME: { column: nameOf(users.displayName), type: sql`text` },
}

const orderOf = ({ order, direction }: UserQuery) => ({
  ...COLUMNS[order.field],
  ascending: (order.direction === 'ASC') === (direction === 'FORWARD'),
})

/** What comes after a place, whether or not an account still stands there. One comparison, so that an index serves it. */
function beyond(query: UserQuery): SQL | undefined {
  if (!query.from) return undefined
  const { column, type, ascending } = orderOf(query)
  const { value, id } = query.from
  return sql`(${column}, ${users.id}) ${ascending ? sql`>` : sql`<`} (${value}::${type}, ${users.id.mapToDriverValue(id)}::uuid)`
}

function conditionsOf({ words = [], email, status, role, createdAfter, createdBefore }: UserFilter): SQL[] {
  return [
    isNull(users.anonymizedAt),
    ...words.map((word) => sql`${searchTextOf(users)} like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`),
    email && eq(users.email, email),
    status && inArray(statusNow, [...status]),
    role && arrayContains(users.roles, [role]),
    role && role !== BASIC_ROLE && hasMoreThanBasicRole,
    createdAfter && gte(users.createdAt, createdAfter),
    createdBefore && lt(users.createdAt, createdBefore),
  ].flatMap((condition) => condition || [])
}
