import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { DeviceStore } from '../domain/device-ports.js'
import { devices, outbox as outboxTable } from './tables.js'

const isTrustedNow = gt(devices.trustedUntil, sql`now()`)

export const createDeviceStore = (db: PostgresJsDatabase, outbox: Outbox): DeviceStore => ({
  async isTrusted(userId, digest) {
    const [device] = await db
      .select({ id: devices.id })
      .from(devices)
      .where(and(eq(devices.userId, userId), eq(devices.digest, digest), isTrustedNow))
    return device !== undefined
  },

  async listTrusted(userIds) {
    const rows = await db
      .select({
        ...{ id: devices.id, userId: devices.userId },
        ...{ device: devices.device, trustedUntil: devices.trustedUntil },
      })
      .from(devices)
      .where(and(inArray(devices.userId, [...userIds]), isTrustedNow))
      .orderBy(desc(devices.trustedUntil))
    return rows.flatMap(({ device, trustedUntil, ...row }) =>
      device && trustedUntil ? [{ ...row, device, trustedUntil }] : [],
    )
  },

  async forget(userId, id, by) {
    const forgotten = await db.transaction(async (tx) => {
      const rows = await tx
        .update(devices)
        .set({ trustedUntil: null })
        .where(and(eq(devices.userId, userId), eq(devices.id, id), isTrustedNow))
        .returning({ id: devices.id })
      if (rows.length === 0) return false
      const act = { action: 'device.forget', outcome: 'SUCCESS', subjectId: userId, by } as const
      await tx.insert(outboxTable).values(recordedAct(act))
      return true
    })
    if (forgotten) outbox.poke()
    return forgotten
  },
})

/** Whoever changes what is asked for beside a password is asked for it everywhere again. */
export async function distrustDevices(tx: Transaction, userId: string): Promise<void> {
  await tx.update(devices).set({ trustedUntil: null }).where(eq(devices.userId, userId))
}
