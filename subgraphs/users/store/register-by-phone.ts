import { eq, inArray, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import {
  phoneCodeRequested,
  registeredByPhone,
  takenNumberRegistered,
} from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { NewInvitation } from '../domain/invitation-ports.js'
import type { NewPhoneAccount, PhoneTexts } from '../domain/ports.js'
import { freeNumber, isHeld, lockNumberHolder, type NumberHolder } from './claim-number.js'
import { pendingAccount } from './pending-account.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { invitations, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/**
 * One registration by telephone number. Callers with the same number go through one at a time; each sends the same
 * number of statements, whether it makes an account, replaces a pending one, or only tells whoever has the number. How
 * often that may be is counted where the code was made (SECURITY 8.3, 8.8).
 */
export async function registerByPhone(
  { tx, outbox, by }: Connection,
  { phoneNumber, ...account }: NewPhoneAccount,
  { code, invitation }: PhoneTexts,
): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phoneNumber}, 0))`)
  await lockInvitation(tx, phoneNumber)
  const holder = await lockNumberHolder(tx, phoneNumber)
  const owner = isHeld(holder) ? holder : null
  await recordActs(tx, {
    action: 'user.register',
    outcome: owner ? 'FAILURE' : 'SUCCESS',
    subjectId: owner?.id ?? account.id,
    by,
  })

  if (owner) return tellHolder({ tx, outbox }, owner, invitation)
  const replacedUserId = await freeNumber(tx, phoneNumber, account.id)
  await tx.insert(users).values({ ...pendingAccount(account), phoneNumber })
  await outbox.record(tx, registeredByPhone, { userId: account.id, replacedUserId })
  await outbox.record(tx, phoneCodeRequested, { userId: account.id, changeId: null, ...code })
}

/** Who accepts an invitation locks it before its account; the same order here, or each could wait for the other. */
async function lockInvitation(tx: Transaction, phoneNumber: string): Promise<void> {
  const holders = tx.select({ id: users.id }).from(users).where(eq(users.phoneNumber, phoneNumber))
  await tx
    .select({ userId: invitations.userId })
    .from(invitations)
    .where(inArray(invitations.userId, holders))
    .for('update')
}

/** As many statements as for a free number. For who was invited, registering is asking for the invitation again. */
async function tellHolder(
  { tx, outbox }: Omit<Connection, 'by'>,
  { id: userId, isInvited }: NumberHolder,
  invitation: NewInvitation,
): Promise<void> {
  for (let statement = 0; statement < (isInvited ? 3 : 4); statement++) {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId))
  }
  if (isInvited) return sendInvitation({ tx, outbox }, userId, invitation)
  await outbox.record(tx, takenNumberRegistered, { userId })
}
