import { and, eq, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act, Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { Address, SuppressionStore } from '../domain/ports.js'
import { type SuppressionReason, UNREACHABLE } from '../domain/suppression.js'
import { outbox as outboxTable, suppressions } from './tables.js'

/** A keyed digest of an address and the way to it. */
export type DigestOf = (address: Address) => Uint8Array

type Options = { db: PostgresJsDatabase; digestOf: DigestOf; outbox: Pick<Outbox, 'poke'> }

const { digest, reason, userId, probedAt, probe, at } = suppressions
const isUnreachable = inArray(reason, [...UNREACHABLE])

export function createSuppressionStore({ db, digestOf, outbox }: Options): SuppressionStore<Transaction> {
  const isOf = (address: Address) => eq(digest, digestOf(address))

  return {
    async listReasons(address) {
      const rows = await db.select({ reason }).from(suppressions).where(isOf(address))
      return rows.map((row) => row.reason)
    },

    async isUnreachable(tx, address) {
      const rows = await tx
        .select({ reason })
        .from(suppressions)
        .where(and(isOf(address), isUnreachable))
      return rows.length > 0
    },

    // One guarded UPDATE: of many messages at once one goes.
    async takeProof(address, messageId) {
      const taken = await db
        .update(suppressions)
        .set({
          probedAt: sql`case when ${eq(probe, messageId)} then ${probedAt} else now() end`,
          probe: messageId,
        })
        .where(and(isOf(address), isUnreachable, mayProbe(messageId)))
        .returning({ reason })
      return taken.length > 0
    },

    async lift(tx, proofs) {
      if (proofs.length === 0) return
      await lift(tx, or(...proofs.map((proof) => and(isOf(proof), lte(at, proof.at)))))
    },

    async remove(address, by) {
      await db.transaction(async (tx) => {
        const removed = await tx.delete(suppressions).where(isOf(address)).returning({ userId, reason })
        const acts = removed.map((row) => recordedAct(actOf(row, by)))
        if (acts.length > 0) await tx.insert(outboxTable).values(acts)
      })
      outbox.poke()
    },
  }
}

/** One message in a day that would prove the address; its own further tries are the same one. */
const mayProbe = (messageId: string) =>
  or(isNull(probedAt), lte(probedAt, sql`now() - interval '24 hours'`), eq(probe, messageId))

/** Writes down that an address takes nothing, or what may be refused no more. The last time counts, for what is older than it proves nothing; and the first account that it is known of. */
export async function suppress(
  tx: Transaction,
  row: { digest: Uint8Array; reason: SuppressionReason; userId: string | null; at?: Date },
): Promise<void> {
  await tx
    .insert(suppressions)
    .values({ ...row, ...(row.at && { at: notAfterNow(row.at) }) })
    .onConflictDoUpdate({
      target: [digest, reason],
      set: {
        userId: sql`coalesce(${userId}, excluded.user_id)`,
        at: sql`greatest(${at}, excluded.at)`,
      },
    })
}

/** A clock of somebody else's may be ahead: what is said of tomorrow no proof of today would lift. */
const notAfterNow = (moment: Date) => sql`least(${moment.toISOString()}::timestamptz, now())`

/** Something arrives there again. A complaint is no matter of that. */
export async function lift(tx: Transaction, which: SQL | undefined): Promise<void> {
  await tx.delete(suppressions).where(and(which, isUnreachable))
}

type Removed = { userId: string | null; reason: SuppressionReason }

const actOf = (row: Removed, by: Actor): Act => ({
  ...{ action: 'notifications.remove-suppression', outcome: 'SUCCESS', subjectId: row.userId, by },
  detail: { reason: row.reason },
})
