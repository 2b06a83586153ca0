export type GoneKeys = ReturnType<typeof createGoneKeys>

/**
 * Keys that their owner had and has no more. A set of keys is fetched each half minute; of one that was taken back we hear
 * sooner, with the sessions that ended.
 *
 * A key that was never told of is not gone: whoever told may have looked before it was made.
 */
export function createGoneKeys() {
  const gone = new Set<string>()
  let told: readonly string[] = []

  return {
    /** Takes in which keys there are; null where their owner is too old to say. */
    hear(keyIds: readonly string[] | null): void {
      if (keyIds === null) return
      for (const kid of told) gone.add(kid)
      for (const kid of keyIds) gone.delete(kid)
      told = keyIds
    },
    isGone: (kid: string): boolean => gone.has(kid),
  }
}
