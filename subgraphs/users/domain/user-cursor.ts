import type { UserOrder, UserPlace } from './directory-ports.js'
import type { Account } from './ports.js'

/** Where an account stands in an order. An account without a name stands before all that have one. */
const VALUES: Record<UserOrder['field'], (account: Account) => string> = {
  CREATED_AT: ({ createdAt }) => createdAt.toISOString(),
  UPDATED_AT: ({ updatedAt }) => updatedAt.toISOString(),
  DISPLAY_NAME: ({ displayName }) => displayName ?? '',
}

/** Holds the place itself, not only the id: an account that was changed since then is no gap in a list. */
export const cursorOf = ({ field }: UserOrder, account: Account): string =>
  Buffer.from(JSON.stringify([field, VALUES[field](account), account.id])).toString('base64url')

/** Null for what is no cursor of ours in this order. */
export function readCursor(
  { field }: UserOrder,
  cursor: string,
  isUserId: (id: string) => boolean,
): UserPlace | null {
  const read = parse(Buffer.from(cursor, 'base64url').toString())
  if (!Array.isArray(read) || read.length !== 3 || read[0] !== field) return null
  const [, value, id] = read
  if (typeof value !== 'string' || typeof id !== 'string' || !isUserId(id)) return null
  const known = field === 'DISPLAY_NAME' ? !value.includes('\0') : isMoment(value)
  return known ? { value, id } : null
}

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && Date.parse(text) > 0

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // no cursor of ours; the caller says where it was
  }
}
