import { createLocalJWKSet, type JSONWebKeySet } from 'jose'

const KEEP_MS = 300_000
const REFETCH_MS = 30_000

type LocalKeys = ReturnType<typeof createLocalJWKSet>
type Held = { jwks: JSONWebKeySet; local: LocalKeys; at: number }

export type KeySet = {
  /** Keys at most 5 minutes old; `mustHold` names a key id whose absence is worth one more look. */
  keys(mustHold?: string): Promise<LocalKeys>
  jwks(): Promise<JSONWebKeySet>
}

/**
 * Public keys of an issuer. Many callers at once cause one fetch, and an unknown key id at most one in 30 s, so that
 * made-up tokens cannot be turned into load (SECURITY 4.2, 13.11).
 */
export function createKeySet(fetchKeys: () => Promise<JSONWebKeySet>): KeySet {
  let held: Held | null = null
  let fetching: Promise<Held> | null = null

  const refresh = (): Promise<Held> => {
    fetching ??= fetchKeys()
      .then((jwks) => {
        held = { jwks, local: createLocalJWKSet(jwks), at: performance.now() }
        return held
      })
      .finally(() => {
        fetching = null
      })
    return fetching
  }

  const youngerThan = async (ms: number): Promise<Held> =>
    held && performance.now() - held.at < ms ? held : refresh()

  return {
    async keys(mustHold) {
      const current = await youngerThan(KEEP_MS)
      const isKnown = mustHold === undefined || current.jwks.keys.some(({ kid }) => kid === mustHold)
      return (isKnown ? current : await youngerThan(REFETCH_MS)).local
    },
    jwks: async () => (await youngerThan(KEEP_MS)).jwks,
  }
}
