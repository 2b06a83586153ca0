/** SECURITY 6.1. The same for every profile: what is stored must stay enterable when the policy changes. */
export const MAX_CODE_POINTS = 256
export const MAX_BYTES = 1_024

/**
 * No input longer than this can normalize to one within the limits: composition joins four UTF-16
 * units into one at most. It spares normalizing a hostile megabyte just to refuse it.
 */
const MAX_RAW_UNITS = 4 * MAX_BYTES

const LONE_SURROGATES = /\p{Surrogate}/gu

/**
 * The form that is counted, compared and hashed (NFKC).
 *
 * UTF-8 has no lone surrogates and would turn each into the same character; doing it here
 * shows the policy what the hash will see.
 */
export function normalizePassword(raw: string): string {
  return raw.replace(LONE_SURROGATES, '\uFFFD').normalize('NFKC')
}

/** Whether input may be hashed at all. What is not must be refused before (SECURITY 6.1). */
export function isHashable(raw: string): boolean {
  return isWithin(raw, { maxLength: MAX_CODE_POINTS, maxBytes: MAX_BYTES })
}

export function isWithin(raw: string, limits: { maxLength: number; maxBytes: number }): boolean {
  if (raw.length > MAX_RAW_UNITS) return false
  const password = normalizePassword(raw)

  return Buffer.byteLength(password) <= limits.maxBytes && countCodePoints(password) <= limits.maxLength
}

/** What a password has that needs no second factor beside it, by the stricter profile (SECURITY 6.1). */
export const LONG_CODE_POINTS = 15

export const isLong = (raw: string): boolean => countCodePoints(normalizePassword(raw)) >= LONG_CODE_POINTS

export function countCodePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** A form in which upper and lower case are equal, `ß` and `SS`, `ς` and `σ` included. */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toLowerCase().toUpperCase()
}
