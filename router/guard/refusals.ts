import type { CallClient } from '../../subgraphs/shared/calls/define-calls.js'
import type { usersCalls } from '../../subgraphs/shared/contracts/users.js'
import type { ErrorCode } from '../../subgraphs/shared/errors/codes.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { ID_PREFIXES, isId } from '../../subgraphs/shared/ids/type-id.js'
import { networkKey } from '../../subgraphs/shared/limiter/network-key.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { refusals as refusalCount } from '../../subgraphs/shared/metrics/registry.js'
import { createRounds } from '../../subgraphs/shared/runtime/rounds.js'

const ROUND_MS = 60_000
/** Whoever comes after so many callers in one minute is counted with the others: a flood is no way to fill the audit log. */
const MAX_CALLERS = 500

/** What the guard decides. A fault of ours, or input that means nothing, is not somebody being kept out. */
const TOLD: readonly ErrorCode[] = [
  ...(['UNAUTHENTICATED', 'FORBIDDEN', 'STEP_UP_REQUIRED', 'RATE_LIMITED'] as const),
  ...(['QUERY_REJECTED', 'QUERY_TOO_COMPLEX'] as const),
]

export type Refused = {
  code: ErrorCode
  /** The first field at the top; empty where that was not read. */
  field: string
  viewer: Pick<Viewer, 'userId' | 'clientId'> | null
  ip: string
}

type Users = Pick<CallClient<typeof usersCalls.calls>, 'recordRefusals'>
type Row = Parameters<Users['recordRefusals']>[0]['refusals'][number]

export type Refusals = { note(refused: Refused): void; start(): void; stop(): Promise<void> }

/**
 * Adds up who was refused what, and tells the audit log once a minute (SECURITY 12.4).
 *
 * A refusal costs no call. What is told late, twice where an answer was lost, or not at all where a router was killed, is a
 * count of what did not happen.
 */
export function createRefusals(users: Users, log: Logger, everyMs = ROUND_MS): Refusals {
  let rows = new Map<string, Row>()

  async function tell(): Promise<void> {
    if (rows.size === 0) return
    const told = rows
    rows = new Map()
    try {
      await users.recordRefusals({ refusals: [...told.values()] })
    } catch (error) {
      // With the next round, together with what has come since.
      for (const row of told.values()) add(row)
      throw error
    }
  }

  function add({ count, ...row }: Row): void {
    const { code, field, by } = row
    const key = [code, field, by.userId, by.client, by.ip].join('\n')
    const known = rows.get(key)
    if (known) known.count += count
    else if (by.ip !== null && rows.size >= MAX_CALLERS) add({ ...row, by: NOBODY, count })
    else rows.set(key, { ...row, count })
  }

  const rounds = createRounds({ name: 'refusals', everyMs, pokeMs: 0, round: tell, log })

  return {
    note({ code, field, viewer, ip }) {
      if (!TOLD.includes(code)) return
      refusalCount.inc({ code })
      // A machine client stands for nobody. Its id in a person's place would have the whole round refused, minute after minute.
      const userId = viewer && isId(ID_PREFIXES.user, viewer.userId) ? viewer.userId : null
      const by = { userId, client: viewer?.clientId ?? null, ip: networkKey(ip) }
      add({ code, field, count: 1, by: { ...by, userAgent: null } })
    },
    start: rounds.start,
    async stop() {
      await rounds.stop()
      await tell().catch((err: unknown) => log.warn({ event: 'refusals.untold', err }))
    },
  }
}

const NOBODY: Row['by'] = { userId: null, client: null, ip: null, userAgent: null }
