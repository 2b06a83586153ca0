import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'

/** How long keys are good without another look, and how long they serve when their owner does not answer. */
type Lives = { keepMs: number; keepWithoutOwnerMs: number }

/** A key of ours that is taken back is gone well within a minute (SECURITY 4.4). */
const OWN: Lives = { keepMs: 30_000, keepWithoutOwnerMs: 300_000 }
const REFETCH_MS = 30_000
const PAUSE_MS = 1000

type Keys = { verify: ReturnType<typeof createLocalJWKSet>; has(kid: string): boolean }

type Held = Keys & { jwks: JSONWebKeySet; at: number }

export type KeySet = {
  /** `mustHold` names a key id whose absence is worth one more look. */
  keys(mustHold?: string): Promise<Keys>
  jwks(): Promise<JSONWebKeySet>
}

/**
 * Public keys of an issuer. Many callers at once cause one fetch, and an unknown key id at most one in 30 s, so that
 * made-up tokens cannot be turned into load (SECURITY 4.2, 13.11).
 */
export function createKeySet(
  fetchKeys: () => Promise<JSONWebKeySet>,
  now: () => number = () => performance.now(),
  { keepMs, keepWithoutOwnerMs }: Lives = OWN,
): KeySet {
  let held: Held | null = null
  let fetching: Promise<Held> | null = null
  let failedAt = Number.NEGATIVE_INFINITY

  const fetchOnce = (): Promise<Held> => {
    fetching ??= fetchKeys()
      .then((jwks) => {
        held = { ...read(jwks), at: now() }
        return held
      })
      .catch((cause: unknown) => {
        failedAt = now()
        throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }, { cause })
      })
      .finally(() => {
        fetching = null
      })
    return fetching
  }

  const youngerThan = async (ms: number): Promise<Held> => {
    const spare = held && now() - held.at < keepWithoutOwnerMs ? held : null
    if (spare && (now() - spare.at < ms || now() - failedAt < PAUSE_MS)) return spare
    return fetchOnce().catch((error: unknown) => {
      if (spare) return spare
      throw error
    })
  }

  return {
    async keys(mustHold) {
      const current = await youngerThan(keepMs)
      return mustHold === undefined || current.has(mustHold) ? current : youngerThan(REFETCH_MS)
    },
    jwks: async () => (await youngerThan(keepMs)).jwks,
  }
}

function read(jwks: JSONWebKeySet) {
  const ids = new Set(jwks.keys.map(({ kid }) => kid))
  return { jwks, verify: createLocalJWKSet(jwks), has: (kid: string) => ids.has(kid) }
}
