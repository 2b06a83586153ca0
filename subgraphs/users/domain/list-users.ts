import { normalizeEmail } from '../../shared/identifiers/email.js'
import { readMoment } from '../../shared/identifiers/read-moment.js'
import { USERS_COUNTED } from '../limits.js'
import type { UserDirectory, UserFilter, UserOrder } from './directory-ports.js'
import type { Account, AccountStatus } from './ports.js'
import { cursorOf, readCursor } from './user-cursor.js'

const NEWEST_FIRST: UserOrder = { field: 'CREATED_AT', direction: 'DESC' }
const MAX_QUERY = 256
const MAX_WORDS = 5
/** Fewer letters make no trigram, and every account would have to be looked at. */
const SHORTEST_WORD = 3

export type UserFilterInput = {
  query?: string | null | undefined
  email?: string | null | undefined
  status?: AccountStatus[] | null | undefined
  role?: string | null | undefined
  createdAfter?: string | null | undefined
  createdBefore?: string | null | undefined
}

export type ListUsers = {
  page: { limit: number; from: string | null; direction: 'FORWARD' | 'BACKWARD' }
  filter: UserFilterInput
  order: UserOrder | null
}

export type UsersListed =
  | {
      kind: 'listed'
      accounts: Account[]
      cursorOf: (account: Account) => string
      count: () => Promise<{ value: number; isExact: boolean }>
    }
  /** This argument means nothing. */
  | { kind: 'refused'; field: string }

const CURSORS = { FORWARD: 'after', BACKWARD: 'before' }

type Deps = {
  directory: UserDirectory
  isUserId: (id: string) => boolean
  isRole: (name: string) => boolean
}

/** Accounts in an order, a page at a time, in both directions. How many there are is counted only for who asks. */
export function makeListUsers({ directory, isUserId, isRole }: Deps) {
  return async function listUsers({ page, filter: input, order: asked }: ListUsers): Promise<UsersListed> {
    const order = asked ?? NEWEST_FIRST
    const filter = readFilter(input, isRole)
    if (typeof filter === 'string') return { kind: 'refused', field: `filter.${filter}` }
    const from = page.from === null ? null : readCursor(order, page.from, isUserId)
    if (page.from !== null && !from) return { kind: 'refused', field: CURSORS[page.direction] }

    return {
      kind: 'listed',
      accounts: await directory.list({ ...page, filter, order, from }),
      cursorOf: (account) => cursorOf(order, account),
      async count() {
        const counted = await directory.count(filter, USERS_COUNTED)
        return { value: Math.min(counted, USERS_COUNTED), isExact: counted <= USERS_COUNTED }
      },
    }
  }
}

/** The filter, or the name of the first field of it that means nothing. */
function readFilter(input: UserFilterInput, isRole: Deps['isRole']): UserFilter | string {
  const filter: Record<string, unknown> = {}
  for (const [field, [name, read]] of Object.entries(readersOf(isRole))) {
    const value = input[field as keyof UserFilterInput] // the readers' keys are exactly these
    if (value == null) continue
    filter[name] = read(value as never)
    if (filter[name] === null) return field
  }
  return filter
}

type Reader = [keyof UserFilter, (value: never) => unknown]

/** What each field becomes, under which name; null for what means nothing. */
const readersOf = (isRole: Deps['isRole']): Record<keyof UserFilterInput, Reader> => ({
  query: ['words', readWords],
  email: ['email', normalizeEmail],
  status: ['status', (status: AccountStatus[]) => (status.length > 0 ? status : null)],
  role: ['role', (role: string) => (isRole(role) ? role : null)],
  createdAfter: ['createdAfter', readMoment],
  createdBefore: ['createdBefore', readMoment],
})

function readWords(query: string): string[] | null {
  if (query.length > MAX_QUERY || /\p{Cc}/u.test(query)) return null
  const words = query.normalize('NFC').toLowerCase().split(/\s+/u).filter(Boolean)
  const searchable = words.some((word) => [...word].length >= SHORTEST_WORD)
  return searchable && words.length <= MAX_WORDS ? words : null
}
