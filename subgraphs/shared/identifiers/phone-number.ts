import parsePhoneNumberFromString, { type PhoneNumber } from 'libphonenumber-js/core'
// The largest of the library's tables: the others do not know what kind of line a number belongs to.
import numberingPlans from 'libphonenumber-js/max/metadata'

const MAX_INPUT = 64
/** How people group digits. Nothing else is taken out: an extension or a letter makes it no number. */
const GROUPING = /[\s().\u2010-\u2013-]/g
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/
const TEXTABLE = new Set<string | undefined>(['MOBILE', 'FIXED_LINE_OR_MOBILE'])

/**
 * The one form in which a number is stored, compared and written to: E.164, and in use by its country's numbering
 * plan. Null for anything else, a number without its country code too: we do not guess a country.
 */
export const normalizePhoneNumber = (input: string): string | null => parse(input)?.number ?? null

/**
 * Whether a text may be sent there (SECURITY 8.8): a mobile line, or one that may be, in a country the operator has
 * listed. Numbers that earn by being called are of other kinds.
 */
export function isTextable(input: string, countries: readonly string[]): boolean {
  const number = parse(input)
  return number?.country !== undefined && countries.includes(number.country) && TEXTABLE.has(number.getType())
}

/** Whose number it is, as ISO 3166 writes countries; null where that is not known, as of satellite telephones. */
export const countryOf = (input: string): string | null => parse(input)?.country ?? null

/** Whether it is a country with numbers of its own, as ISO 3166 writes it. */
export const isCountry = (code: string): boolean => Object.hasOwn(numberingPlans.countries, code)

function parse(input: string): PhoneNumber | null {
  // Nothing longer can become a number; refusing it first keeps hostile input cheap.
  if (input.length > MAX_INPUT) return null
  const text = input.normalize('NFKC').replace(GROUPING, '')
  const number = INTERNATIONAL.test(text)
    ? parsePhoneNumberFromString(text, { extract: false }, numberingPlans)
    : undefined
  return number?.isValid() ? number : null
}
