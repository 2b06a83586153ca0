import type { Act } from '../../shared/audit/act.js'
import type { CodeStore, NewChallenge, SendRefused, Sent } from '../domain/ports.js'
import type { Ceilings } from '../domain/text-alarm.js'
import { CHALLENGE, CODE, KEEP_SECONDS, SENDS, WRONG_CODES } from '../limits.js'
import { createMemoryCounters, type MemoryCounters } from './counters.memory.js'
import { createMemorySends } from './text-counters.memory.js'

type Row = NewChallenge & {
  attempts: number
  resends: number
  expiresAt: number
  endedAt: number | null
  isSpent: boolean
}

type State = {
  rows: Map<string, Row>
  sends: ReturnType<typeof createMemorySends>
  mailboxes: MemoryCounters
  wrong: MemoryCounters
  wrongOfAccounts: MemoryCounters
  told: { challengeId: string; userId: string; sealedCode: string }[]
  arrived: { challengeId: string; channel: string; addressDigest: string }[]
  now: () => number
}

export type MemoryCodeStore = CodeStore & {
  /** What notifications would be told. */
  told: State['told']
  arrived: State['arrived']
  /** What the audit log would be told of wrong codes. */
  failed: Act[]
  size(): number
}

/** A store for domain tests. It stays honest by passing the same contract as Postgres. */
export function createMemoryCodeStore(
  now: () => number = Date.now,
  ceilings: Ceilings = { perCountry: 1000, all: 1000 },
): MemoryCodeStore {
  const rows = new Map<string, Row>()
  const sends = createMemorySends(ceilings, now)
  const mailboxes = createMemoryCounters(SENDS, now)
  const wrong = createMemoryCounters(WRONG_CODES, now)
  const wrongOfAccounts = createMemoryCounters(WRONG_CODES, now)
  const told: State['told'] = []
  const arrived: State['arrived'] = []
  const failed: Act[] = []
  const state = { rows, sends, mailboxes, wrong, wrongOfAccounts, told, arrived, now }

  return {
    ...sending(state),
    ...trying(state),
    async deleteOld() {
      const before = now() - KEEP_SECONDS * 1000
      for (const [id, { endedAt, expiresAt }] of rows) {
        if (Math.min(endedAt ?? expiresAt, expiresAt) < before) rows.delete(id)
      }
      for (const counters of [...sends.all, mailboxes, wrong, wrongOfAccounts]) counters.deleteIdle()
    },
    async fail(act) {
      failed.push(act)
    },
    told,
    arrived,
    failed,
    size: () =>
      [...sends.all, mailboxes, wrong, wrongOfAccounts].reduce(
        (sum, counters) => sum + counters.size(),
        rows.size,
      ),
  }
}

type Sending = Pick<CodeStore, 'open' | 'renew' | 'takeText' | 'textOutcomes' | 'findPurpose'>

function sending({ rows, sends, mailboxes, told, now }: State): Sending {
  const expiry = () => now() + CODE.seconds * 1000

  const send = (row: Row, goes: boolean): Sent => {
    const { id, userId, sealedCode, destinationMasked } = row
    if (userId !== null && goes && row.isTold) told.push({ challengeId: id, userId, sealedCode })
    const resendAfter = row.resends < CHALLENGE.resends ? sends.ofDestination(row) : null
    const expiresAt = new Date(row.expiresAt)
    return { kind: 'sent', challengeId: id, destinationMasked, expiresAt, resendAfter }
  }
  const reaches = ({ mailbox }: NewChallenge) => mailbox === null || mailboxes.take(mailbox)
  const tooSoon = (send: Parameters<typeof sends.take>[0]) =>
    refused('RATE_LIMITED', sends.secondsUntilFree(send))

  return {
    async open(challenge) {
      if (!sends.take(challenge)) return tooSoon(challenge)
      const goes = reaches(challenge)
      for (const row of rows.values()) if (replaces(challenge, row)) row.endedAt = now()
      const userId = goes ? silenceOlder(rows, challenge) : null
      const over = { expiresAt: expiry(), endedAt: null, isSpent: false }
      const row = { ...challenge, userId, attempts: 0, resends: 0, ...over }
      rows.set(row.id, row)
      return send(row, goes)
    },

    async takeText({ destination, ...texts }) {
      const asked = { destination, texts, flow: null }
      return sends.take(asked) ? { kind: 'counted' } : tooSoon(asked)
    },

    async textOutcomes(count) {
      const over = [...rows.values()]
        .filter(({ texts, userId, expiresAt }) => texts && userId && expiresAt <= now())
        .sort((one, other) => other.expiresAt - one.expiresAt)
        .slice(0, count)
      return {
        sent: over.reduce((sum, { resends }) => sum + 1 + resends, 0),
        verified: over.filter(({ isSpent }) => isSpent).length,
        isRecent: over.some(({ expiresAt }) => expiresAt > now() - 3_600_000),
      }
    },

    findPurpose: async (challengeId) => rows.get(challengeId)?.purpose ?? null,
    async renew(challengeId, code) {
      const row = rows.get(challengeId)
      if (!row || row.endedAt !== null) return refused('EXPIRED')
      if (row.attempts >= CHALLENGE.attempts) return refused('TOO_MANY_ATTEMPTS')
      if (row.resends >= CHALLENGE.resends) return refused('RATE_LIMITED')
      const { network, ...fresh } = code
      const asked = { ...row, texts: row.texts && { ...row.texts, network } }
      if (!sends.take(asked)) return tooSoon(asked)
      const changes = { ...fresh, expiresAt: expiry(), resends: row.resends + 1, isTold: true }
      return send(Object.assign(row, changes), reaches(row))
    },
  }
}

function trying({
  rows,
  wrong,
  wrongOfAccounts,
  arrived,
  now,
}: State): Pick<CodeStore, 'countAttempt' | 'spend'> {
  const live = (id: string) => {
    const row = rows.get(id)
    return row && row.endedAt === null && row.expiresAt > now() ? row : null
  }

  return {
    async countAttempt(id) {
      const row = live(id)
      if (!row) return { kind: 'refused', reason: 'EXPIRED' }
      if (row.attempts >= CHALLENGE.attempts) return { kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }
      row.attempts += 1
      if (!wrong.take(row.subject)) return { kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' }
      const userId = wrongOfAccounts.take(accountOf(row)) ? row.userId : null
      const { purpose, channel, changeId, addressDigest, flow, custom, digest } = row
      return {
        ...{ kind: 'counted', subjectId: row.userId, userId, purpose, channel },
        ...{ changeId, addressDigest, flow, custom, digest },
        attemptsRemaining: CHALLENGE.attempts - row.attempts,
      }
    },

    async spend(id, digest) {
      const row = live(id)
      if (!row || row.userId === null || !Buffer.from(row.digest).equals(digest)) return null
      Object.assign(row, { endedAt: now(), isSpent: true })
      const { channel, addressDigest } = row
      if (addressDigest !== null) arrived.push({ challengeId: id, channel, addressDigest })
      wrong.release(row.subject)
      wrongOfAccounts.release(accountOf(row))
      return { spentAt: new Date(now()) }
    },
  }
}

const accountOf = ({ userId, id, flow, changeId }: Row): Uint8Array =>
  Buffer.from(flow === null && changeId === null ? (userId ?? id) : id)

const replaces = (challenge: NewChallenge, row: Row): boolean =>
  row.endedAt === null &&
  row.purpose === challenge.purpose &&
  Buffer.from(row.subject).equals(challenge.subject)

/** Makes decoys of what the person was sent before; for whom this one is. */
function silenceOlder(rows: State['rows'], challenge: NewChallenge): string | null {
  for (const row of rows.values()) if (silences(challenge, row)) row.userId = null
  return challenge.userId
}

const silences = (challenge: NewChallenge, row: Row): boolean =>
  challenge.mailbox !== null &&
  challenge.userId !== null &&
  row.endedAt === null &&
  row.userId === challenge.userId &&
  row.purpose === challenge.purpose &&
  row.channel === challenge.channel

const refused = (reason: SendRefused['reason'], retryAfter: number | null = null): SendRefused => ({
  ...{ kind: 'refused', reason, retryAfter },
})
