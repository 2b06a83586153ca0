import { AppError } from '../../shared/errors/app-error.js'
import type { CredentialStore, PasswordState, StoredPassword } from '../domain/ports.js'

type Row = PasswordState & { stored: StoredPassword; isClaimed: boolean; isOverdue: boolean }

export type MemoryCredentials = CredentialStore & {
  claim(registered: { userId: string; replacedUserId: string | null }): Promise<boolean>
  /** Stands for the 60 s that go by in a database. */
  letTimePass(): Promise<void>
}

/** The credentials of a test: the same promises as the table, by the same contract. */
export function createMemoryCredentials(): MemoryCredentials {
  const rows = new Map<string, Row>()
  const isOverdue = (userId: string) => {
    const row = rows.get(userId)
    return row?.isOverdue === true && !row.isClaimed
  }

  return {
    async insertUnclaimed(userId, stored) {
      if (rows.get(userId)?.isClaimed) throw new AppError('CONFLICT')
      const state = { isSet: true, changedAt: new Date(), mustChange: false, knownBreachedAt: null }
      rows.set(userId, { ...state, stored, isClaimed: false, isOverdue: false })
    },
    async find(userId) {
      const row = userId === null ? undefined : rows.get(userId)
      return row ? { ...row.stored, mustChange: row.mustChange, changeReason: 'ADMIN_RESET' } : null
    },
    async findLength(userId) {
      const row = rows.get(userId)
      if (!row) return null
      if (row.stored.isLong === undefined) return 'unknown'
      return row.stored.isLong ? 'long' : 'short'
    },
    findStates: async (userIds) =>
      [...new Set(userIds)].flatMap((userId) => {
        const row = rows.get(userId)
        if (!row) return []
        const { isSet, changedAt, mustChange, knownBreachedAt } = row
        return { userId, isSet, changedAt, mustChange, knownBreachedAt }
      }),
    async replaceHash(userId, { from, to }) {
      const row = rows.get(userId)
      if (row?.stored.phc !== from) return false
      row.stored = to
      return true
    },
    listOverdue: async (limit) => [...rows.keys()].filter(isOverdue).slice(0, limit),
    async settleOverdue({ existing, missing }) {
      const claimed = existing.filter(isOverdue)
      const swept = missing.filter(isOverdue)
      for (const userId of claimed) Object.assign(rows.get(userId) ?? {}, { isClaimed: true })
      for (const userId of swept) rows.delete(userId)
      return { settled: claimed.length + swept.length }
    },
    async claim({ userId, replacedUserId }) {
      if (replacedUserId !== null) rows.delete(replacedUserId)
      const row = rows.get(userId)
      if (row) row.isClaimed = true
      return row !== undefined
    },
    async letTimePass() {
      for (const row of rows.values()) row.isOverdue = true
    },
  }
}
