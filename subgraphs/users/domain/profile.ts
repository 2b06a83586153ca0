import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import type { AttributeInput, Attributes, Writer } from './attributes.js'
import type { ProfileChange } from './ports.js'

const MAX_TAG = 64
const EARLIEST_BIRTH = '1900-01-01'

export type ProfileInput = {
  displayName?: string | null | undefined
  givenName?: string | null | undefined
  familyName?: string | null | undefined
  birthdate?: string | null | undefined
  locale?: string | null | undefined
  timeZone?: string | null | undefined
  attributes?: readonly AttributeInput[] | null | undefined
}

type PlainField = Exclude<keyof ProfileInput, 'attributes'>

type Read<Value> = { value: Value } | { problem: Problem['code'] }

const readName = (text: string | null): Read<string | null> =>
  text === null ? { value: null } : readDisplayText(text)

/** Each field, and how it is read. A locale cannot be emptied: mails are written in it. */
const READERS: { [Field in PlainField]-?: (text: string | null, now: Date) => Read<string | null> } = {
  displayName: readName,
  givenName: readName,
  familyName: readName,
  birthdate: readBirthdate,
  locale: (text) => (text === null ? { problem: 'REQUIRED' } : readLocale(text)),
  timeZone: readTimeZone,
}

/** What a profile is read by: the clock, and what the operator keeps of people. */
export type ProfileRules = { now: () => Date; attributes: Pick<Attributes, 'read'> }

/** Reads a profile that its owner writes, or staff; every fault at once, each with its path under `profile`. */
export function readProfile(
  input: ProfileInput,
  writer: Writer,
  { now, attributes }: ProfileRules,
): { change: ProfileChange; problems: Problem[] } {
  const { change, problems } = readPlainFields(input, now())
  if (!input.attributes || input.attributes.length === 0) return { change, problems }

  const own = attributes.read(input.attributes, writer)
  return { change: { ...change, attributes: own.change }, problems: [...problems, ...own.problems] }
}

function readPlainFields(input: ProfileInput, now: Date) {
  const change: Record<string, string | null> = {}
  const problems: Problem[] = []

  for (const [field, read] of Object.entries(READERS)) {
    const text = input[field as PlainField] // the keys of READERS are exactly these
    if (text === undefined) continue
    const result = read(text, now)
    if ('problem' in result) problems.push({ code: result.problem, field: ['profile', field] })
    else change[field] = result.value
  }
  return { change, problems }
}

function readBirthdate(text: string | null, now: Date): Read<string | null> {
  if (text === null) return { value: null }
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  // `Date` rolls 30 February over into March; the text then differs.
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    return { problem: 'INVALID' }
  return text >= EARLIEST_BIRTH && day <= now ? { value: text } : { problem: 'INVALID' }
}

function readLocale(text: string): Read<string> {
  if (text.length > MAX_TAG) return { problem: 'TOO_LONG' }
  try {
    const [locale] = Intl.getCanonicalLocales(text)
    return locale ? { value: locale } : { problem: 'INVALID' }
  } catch {
    return { problem: 'INVALID' } // RangeError: not a language tag
  }
}

function readTimeZone(text: string | null): Read<string | null> {
  if (text === null) return { value: null }
  if (text.length > MAX_TAG) return { problem: 'TOO_LONG' }
  // From Node 22 on `Intl` takes offsets such as +01:00 too, which are no zones and know no summer.
  if (/^[+-]/.test(text)) return { problem: 'INVALID' }
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone }
  } catch {
    return { problem: 'INVALID' } // RangeError: no such zone
  }
}
