import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import type { Variables } from '../domain/message.js'
import { inertWords } from './inert.js'

/** What a service fills one place of a template with. */
export type Place = {
  type: 'TEXT' | 'NUMBER' | 'LINK'
  /** The longest text, in code points. */
  longest: number
  mayLack?: boolean
}

export type Places = Readonly<Record<string, Place>>

/** Of an address; no mail program takes more. */
export const LONGEST_LINK = 2000

type Value = string | number

export type IsLink = (address: string) => boolean

/** Each place filled once, with what is of its type; paths begin at the variables. */
export function readVariables(
  places: Places,
  given: unknown,
  isLink: IsLink,
): { variables: Variables; problems: Problem[] } {
  if (!isRecord(given)) return { variables: {}, problems: [{ code: 'INVALID', field: [] }] }
  const problems: Problem[] = Object.keys(given)
    .filter((name) => !Object.hasOwn(places, name))
    .map((name) => ({ code: 'INVALID', field: [name] }))

  const variables: Variables = {}
  for (const [name, place] of Object.entries(places)) {
    const value = given[name] ?? null
    const read = value === null ? absent(place) : READERS[place.type](value, isLink, place.longest)
    if (isProblem(read)) problems.push({ code: read.code, field: [name] })
    else variables[name] = read
  }
  return { variables, problems }
}

type Read = Value | null | { code: UserErrorCode }

const isProblem = (read: Read): read is { code: UserErrorCode } => typeof read === 'object' && read !== null

const absent = ({ mayLack = false }: Place): Read => (mayLack ? null : { code: 'MISSING_VARIABLE' })

const INVALID: Read = { code: 'INVALID' }

const READERS: Record<Place['type'], (value: unknown, isLink: IsLink, longest: number) => Read> = {
  TEXT(value, _, longest) {
    if (typeof value !== 'string' && typeof value !== 'number') return INVALID
    const text = String(value)
    // Cheap to refuse before it is looked at letter by letter.
    if (text.length > 2 * longest || [...text].length > longest) return { code: 'TOO_LONG' }
    return inertWords(text) === '' ? INVALID : text
  },
  NUMBER: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : INVALID),
  LINK(value, isLink, longest) {
    if (typeof value !== 'string') return INVALID
    if (value.length > longest) return { code: 'TOO_LONG' }
    // In the one form in which nothing in it could end it where it stands.
    return isLink(value) ? new URL(value).href : INVALID
  },
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An address at one of these origins, and nothing in it that hides where it leads. */
export function isLinkTo(origins: readonly string[]): IsLink {
  const known = new Set(origins)
  return (address) => {
    if (!URL.canParse(address) || /[\s\p{Cc}\p{Cf}]/u.test(address)) return false
    const { origin, username, password } = new URL(address)
    return known.has(origin) && username === '' && password === ''
  }
}
