import type { Account, AccountStatus } from './ports.js'

export type UserOrder = {
  field: 'CREATED_AT' | 'UPDATED_AT' | 'DISPLAY_NAME'
  direction: 'ASC' | 'DESC'
}

/** What has to hold of an account, in the forms that are stored. */
export type UserFilter = {
  /** Each is somewhere in the names, the username or the address; in lower case. */
  words?: readonly string[]
  email?: string
  status?: readonly AccountStatus[]
  role?: string
  createdAfter?: Date
  createdBefore?: Date
}

/** The place of an account in an order: what it is ordered by, and the id where that is the same. */
export type UserPlace = { value: string; id: string }

export type UserQuery = {
  filter: UserFilter
  order: UserOrder
  direction: 'FORWARD' | 'BACKWARD'
  from: UserPlace | null
  limit: number
}

export type UserDirectory = {
  /** In the direction of the query, with one account more than its limit. */
  list(query: UserQuery): Promise<Account[]>
  /** How many there are, counted no further than one beyond `cap`. */
  count(filter: UserFilter, cap: number): Promise<number>
}
