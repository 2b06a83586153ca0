import type { CallClient } from '../../subgraphs/shared/calls/define-calls.js'
import type { authCalls } from '../../subgraphs/shared/contracts/auth.js'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import {
  ACCESS_TOKEN_SECONDS,
  CLOCK_SKEW_SECONDS,
} from '../../subgraphs/shared/identity/access-token-claims.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { createRounds } from '../../subgraphs/shared/runtime/rounds.js'
import type { VerifiedToken } from './access-token.js'
import type { GoneKeys } from './gone-keys.js'

/** Two small reads of auth a second: what another router has acknowledged is seen well within one. */
const ROUND_MS = 500
const POKE_MS = 5
const STALE_MS = 3000
/** A token of an ended session is refused anyway once it has expired. */
const KEEP_MS = (ACCESS_TOKEN_SECONDS + CLOCK_SKEW_SECONDS) * 1000

type Auth = Pick<CallClient<typeof authCalls.calls>, 'endedSessions' | 'isSessionActive'>

type Options = {
  auth: Auth
  /** Told by the same answer, which keys there are. */
  goneKeys: Pick<GoneKeys, 'hear'>
  log: Logger
  now?: () => number
}

export type EndedSessions = {
  /**
   * Whether a good token is refused all the same: its session has ended, or the person's roles or status have
   * changed since it was issued. Costs nothing while what we know is fresh.
   */
  isRefused(token: VerifiedToken): Promise<boolean>
  isFresh(): boolean
  /** Looks now: someone has just signed out. */
  poke(): void
  start(): void
  stop(): Promise<void>
}

/**
 * The sessions that ended while their tokens live, and the people whose roles or status changed, asked of auth twice a
 * second (SECURITY 4.5). When the last answer
 * is older than 3 s, auth is asked for each request; when it does not answer, nobody is let in.
 */
export function createEndedSessions({
  auth,
  goneKeys,
  log,
  now = () => performance.now(),
}: Options): EndedSessions {
  // Oldest first. Not a cache with a size: one that is full forgets, and what it forgets signs in again.
  const ended = new Map<string, { since: number }>()
  const versions = new Map<string, { since: number; version: number }>()
  let cursor: string | null = null
  let lookedAt = Number.NEGATIVE_INFINITY

  const look = async () => {
    const startedAt = now()
    const answer = await auth.endedSessions({ cursor })
    for (const id of answer.sessionIds) if (!ended.has(id)) ended.set(id, { since: now() })
    for (const { userId, version } of answer.accessVersions) raise(versions, userId, version, now())
    for (const known of [ended, versions]) forget(known, now() - KEEP_MS)
    goneKeys.hear(answer.keyIds)
    cursor = answer.cursor
    lookedAt = startedAt
  }
  const rounds = createRounds({
    name: 'ended-sessions',
    everyMs: ROUND_MS,
    pokeMs: POKE_MS,
    round: look,
    log,
  })
  const isFresh = () => now() - lookedAt < STALE_MS
  const isKnownEnded = (sessionId: string, userId: string, accessVersion: number): boolean =>
    ended.has(sessionId) || accessVersion < (versions.get(userId)?.version ?? 0)

  return {
    isFresh,
    poke: rounds.poke,
    start: rounds.start,
    stop: rounds.stop,
    async isRefused({ viewer: { sessionId, userId }, accessVersion }) {
      // Of another issuer's: auth has never heard of it, and could only say that it is not active.
      if (accessVersion === null) return false
      if (isKnownEnded(sessionId, userId, accessVersion)) return true
      if (isFresh()) return false
      try {
        return !(await auth.isSessionActive({ sessionId, userId, accessVersion })).active
      } catch (cause) {
        throw new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 }, { cause })
      }
    },
  }
}

/** The last in the map is the latest heard of, so that forgetting can stop at the first that is young. */
function raise(
  versions: Map<string, { since: number; version: number }>,
  userId: string,
  version: number,
  since: number,
): void {
  const known = versions.get(userId)
  if (known && known.version >= version) return
  versions.delete(userId)
  versions.set(userId, { since, version })
}

function forget(known: Map<string, { since: number }>, before: number): void {
  for (const [id, { since }] of known) {
    if (since >= before) return
    known.delete(id)
  }
}
