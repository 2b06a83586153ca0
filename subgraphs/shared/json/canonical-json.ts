export type Meaning = {
  /** Whether a field that is null says the same as one that is not there. A null in a list always counts. */
  nulls?: 'kept' | 'left out'
  /** What a text, a number, a boolean or null is written as. */
  leaf?: (value: unknown) => unknown
}

/**
 * One text for all JSON that means the same, to be digested: fields stand in order, however deep.
 *
 * It is RFC 8785 (JCS) but for two things. Names made of digits alone come first, by their number, as JavaScript keeps
 * them; and half a surrogate pair is escaped, where that standard gives up: who sends one is to be answered.
 * Packages that write it to the letter would change digests that are stored.
 */
export function canonicalJson(value: unknown, { nulls = 'kept', leaf = asItIs }: Meaning = {}): string {
  const isSaid = ([, part]: [string, unknown]) => nulls === 'kept' || part != null

  return JSON.stringify(value, (_, part: unknown) => {
    if (Array.isArray(part)) return part
    if (typeof part !== 'object' || part === null) return leaf(part)
    return Object.fromEntries(Object.entries(part).filter(isSaid).toSorted(byName))
  })
}

const asItIs = (value: unknown): unknown => value

/** By UTF-16 code units, as the standard has it: no language's order. */
const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => (one < other ? -1 : 1)
