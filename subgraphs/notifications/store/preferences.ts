import { eq, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act, Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { loginAlertsSwitchedOff } from '../../shared/contracts/notifications.js'
import { type Outbox, outboxRow, type Transaction } from '../../shared/events/outbox.js'
import type { PreferenceStore } from '../domain/ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from '../domain/preferences.js'
import { outbox as outboxTable, preferences } from './tables.js'

const { loginAlerts, profileChanges, productNews, preferredChannel, quietHours } = preferences
const view = { loginAlerts, profileChanges, productNews, preferredChannel, quietHours }

/** In the order of `userIds`. */
export async function findPreferences(db: Transaction, userIds: readonly string[]): Promise<Preferences[]> {
  const rows = await db
    .select({ userId: preferences.userId, ...view })
    .from(preferences)
    .where(inArray(preferences.userId, [...userIds]))
  const found = new Map(rows.map(({ userId, ...chosen }) => [userId, chosen]))
  return userIds.map((id) => found.get(id) ?? DEFAULT_PREFERENCES)
}

export function createPreferenceStore(db: PostgresJsDatabase, outbox: Pick<Outbox, 'poke'>): PreferenceStore {
  return {
    findMany: (userIds) => findPreferences(db, userIds),

    async change(userId, change, by) {
      await db.transaction(async (tx) => write(tx, { userId, by, change, before: await lock(tx, userId) }))
      outbox.poke()
    },

    // Under the lock of the row: of many presses at once one is an act.
    async switchOff(userId, what, by) {
      await db.transaction(async (tx) => {
        const before = await lock(tx, userId)
        if (before[what]) await write(tx, { userId, by, change: { [what]: false }, before })
      })
      outbox.poke()
    },
  }
}

type Change = { userId: string; by: Actor; change: Partial<Preferences>; before: Preferences }

async function write(tx: Transaction, { userId, by, change, before }: Change): Promise<void> {
  await tx
    .update(preferences)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(preferences.userId, userId))

  const act: Act = {
    ...{ action: 'notifications.change-preferences', outcome: 'SUCCESS', subjectId: userId, by },
    detail: { fields: Object.keys(change).join(' ') },
  }
  await tx.insert(outboxTable).values([recordedAct(act), ...toldOf(userId, before, change)])
}

/** Whoever gets at an account switches its alerts off: of many who do, one does, and its owner is told once. */
async function lock(tx: Transaction, userId: string): Promise<Preferences> {
  await tx.insert(preferences).values({ userId }).onConflictDoNothing()
  const [row] = await tx.select(view).from(preferences).where(eq(preferences.userId, userId)).for('update')
  return row ?? DEFAULT_PREFERENCES
}

const toldOf = (userId: string, before: Preferences, { loginAlerts: now }: Partial<Preferences>) =>
  before.loginAlerts && now === false
    ? [outboxRow(loginAlertsSwitchedOff, { userId, at: new Date().toISOString() })]
    : []
