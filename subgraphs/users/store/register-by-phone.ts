import { eq, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import {
  phoneCodeRequested,
  registeredByPhone,
  takenNumberRegistered,
} from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewPhoneAccount, SealedCode } from '../domain/ports.js'
import { freeNumber, lockNumberHolder } from './claim-number.js'
import { pendingAccount } from './pending-account.js'
import { recordActs } from './record-act.js'
import { users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * One registration by telephone number. Callers with the same number go through one at a time; each sends the same
 * number of statements, whether it makes an account, replaces a pending one, or only tells the owner of the number. How
 * often that may be is counted where the code was made (SECURITY 8.3, 8.8).
 */
export async function registerByPhone(
  { tx, outbox, by }: Connection,
  { phoneNumber, ...account }: NewPhoneAccount,
  code: SealedCode,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phoneNumber}, 0))`)
  const holder = await lockNumberHolder(tx, phoneNumber)
  const owner = holder?.isTheirs ? holder : null
  await recordActs(tx, {
    action: 'user.register',
    outcome: owner ? 'FAILURE' : 'SUCCESS',
    subjectId: owner?.id ?? account.id,
    by,
  })

  if (owner) return tellOwner({ tx, outbox }, owner.id)
  const replacedUserId = await freeNumber(tx, phoneNumber, account.id)
  await tx.insert(users).values({ ...pendingAccount(account), phoneNumber })
  await outbox.record(tx, registeredByPhone, { userId: account.id, replacedUserId })
  await outbox.record(tx, phoneCodeRequested, { userId: account.id, changeId: null, ...code })
}

/** As many statements as for a free number. */
async function tellOwner({ tx, outbox }: Omit<Connection, 'by'>, userId: string): Promise<void> {
  for (let statement = 0; statement < 4; statement++) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId))
  }
  await outbox.record(tx, takenNumberRegistered, { userId })
}
