import { eq, sql } from 'drizzle-orm'
import { registrationDropped } from '../../shared/contracts/users.js'
import { phoneCodeRequested, takenNumberRegistered } from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ClaimedNumber } from '../domain/ports.js'
import { freeNumber, isHeld, lockNumberHolder } from './claim-number.js'
import { users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox }

/**
 * Gives a number to an account that was registered by its address, not proved yet, and has its code sent. Where the
 * account was not made, for its address is somebody's, or where the number is, it sends as many statements.
 */
export async function attachNumber(connection: Connection, claimed: ClaimedNumber): Promise<void> {
  const { tx, outbox } = connection
  const { userId, phoneNumber } = claimed
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phoneNumber}, 0))`)
  const holder = await lockNumberHolder(tx, phoneNumber)
  const [account] = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  if (account && !isHeld(holder)) return attach(connection, claimed)

  await selectInstead(tx, 4)
  if (holder?.isTheirs) await outbox.record(tx, takenNumberRegistered, { userId: holder.id })
  else await selectInstead(tx, 1)
}

async function attach({ tx, outbox }: Connection, { userId, phoneNumber, code }: ClaimedNumber) {
  const dropped = await freeNumber(tx, phoneNumber, userId)
  await tx.update(users).set({ phoneNumber }).where(eq(users.id, userId))
  await outbox.record(tx, phoneCodeRequested, { userId, changeId: null, ...code })
  if (dropped === null) await selectInstead(tx, 1)
  else await outbox.record(tx, registrationDropped, { userId: dropped })
}

async function selectInstead(tx: Transaction, statements: number): Promise<void> {
  for (let statement = 0; statement < statements; statement++) await tx.execute(sql`select 1`)
}
