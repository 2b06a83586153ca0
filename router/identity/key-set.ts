import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'

/** How long keys are good without another look, and how long they serve when their owner does not answer. */
type Lives = { keepMs: number; keepWithoutOwnerMs: number }

/** A key of ours that is taken back is gone well within a minute (SECURITY 4.4), whether or not we hear of it sooner. */
const OWN: Lives = { keepMs: 30_000, keepWithoutOwnerMs: 300_000 }
const REFETCH_MS = 30_000
const PAUSE_MS = 1000

type Keys = { verify: JWTVerifyGetKey; has(kid: string): boolean }

type Held = Keys & { jwks: JSONWebKeySet; at: number }

type Options = {
  now?: () => number
  lives?: Lives
  /** What is known of a key since the set was fetched: that it was taken back. */
  isGone?: (kid: string) => boolean
}

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
  { now = () => performance.now(), lives = OWN, isGone = () => false }: Options = {},
): KeySet {
  const { keepMs, keepWithoutOwnerMs } = lives
  let held: Held | null = null
  let fetching: Promise<Held> | null = null
  let failedAt = Number.NEGATIVE_INFINITY

  const fetchOnce = (): Promise<Held> => {
    fetching ??= fetchKeys()
      .then((jwks) => {
        held = { ...read(jwks, isGone), at: now() }
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
    async jwks() {
      const { keys } = (await youngerThan(keepMs)).jwks
      return { keys: keys.filter(({ kid = '' }) => !isGone(kid)) }
    },
  }
}

function read(jwks: JSONWebKeySet, isGone: (kid: string) => boolean): Keys & { jwks: JSONWebKeySet } {
  const ids = new Set(jwks.keys.map(({ kid }) => kid))
  const find = createLocalJWKSet(jwks)
  return {
    jwks,
    has: (kid) => ids.has(kid) && !isGone(kid),
    verify: async (header, token) => {
      if (isGone(header.kid ?? '')) throw new errors.JWKSNoMatchingKey()
      return find(header, token)
    },
  }
}
