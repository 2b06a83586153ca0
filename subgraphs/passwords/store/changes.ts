import { eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ChangeStore, NewPassword } from '../domain/change-ports.js'
import type { PasswordChange } from '../domain/recovery-ports.js'
import { endLink, keepFormer, replaceCredential, tellOfChange } from './replace-credential.js'
import { credentials, outbox as outboxTable } from './tables.js'

type Parts = { db: PostgresJsDatabase; outbox: Outbox; historySize: number }

export const createChangeStore = ({ db, outbox, historySize }: Parts): ChangeStore => ({
  change: ({ from, ...password }) =>
    db.transaction(async (tx) => {
      const { userId, stored } = password
      await endLink(tx, userId)
      const [current] = await tx
        .select({ phc: credentials.phc })
        .from(credentials)
        .where(eq(credentials.userId, userId))
        .for('update')
      // It was changed by somebody else since it was compared with; what they chose stays.
      if (current?.phc !== from) return null
      await replaceCredential(tx, { userId, stored, historySize })
      return tell(tx, 'CHANGED', password)
    }),

  set: (password) =>
    db.transaction(async (tx) => {
      const { userId, stored } = password
      await endLink(tx, userId)
      const set = await tx
        .insert(credentials)
        .values({ userId, ...stored, confirmedAt: sql`now()` })
        .onConflictDoNothing({ target: credentials.userId })
        .returning({ userId: credentials.userId })
      return set.length === 1 ? tell(tx, 'SET', password) : null
    }),

  remove: (owner) =>
    db.transaction(async (tx) => {
      const { userId } = owner
      await endLink(tx, userId)
      const [before] = await tx
        .delete(credentials)
        .where(eq(credentials.userId, userId))
        .returning({ phc: credentials.phc, pepperVersion: credentials.pepperVersion })
      if (!before) return null
      await keepFormer(tx, { userId, before, historySize })
      return tell(tx, 'REMOVED', owner)
    }),

  requireChange: (userId, { reason, by }) =>
    db.transaction(async (tx) => {
      const required = await tx
        .update(credentials)
        .set({ mustChange: true, changeReason: 'ADMIN_RESET' })
        .where(eq(credentials.userId, userId))
        .returning({ userId: credentials.userId })
      if (required.length === 0) return false
      const act = { action: 'password.require-change', outcome: 'SUCCESS', subjectId: userId, by } as const
      await tx.insert(outboxTable).values(recordedAct({ ...act, detail: reason === null ? {} : { reason } }))
      outbox.poke()
      return true
    }),
})

const ACTIONS = {
  CHANGED: 'password.change',
  SET: 'password.set',
  REMOVED: 'password.remove',
} as const

const tell = (
  tx: Transaction,
  how: keyof typeof ACTIONS,
  { userId, sessionId, keptTicket, by }: Omit<NewPassword, 'stored'>,
): Promise<PasswordChange> =>
  tellOfChange(
    tx,
    { userId, how, keptSessionId: sessionId, keptTicket },
    { action: ACTIONS[how], outcome: 'SUCCESS', subjectId: userId, by },
  )
