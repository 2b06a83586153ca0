import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import { registrationDropped } from '../../shared/contracts/users.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AccountPrepared, NewInvitation, PreparedAccount, Taken } from '../domain/invitation-ports.js'
import type { Account } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { freeNumber } from './claim-number.js'
import { dropPending } from './drop-pending.js'
import { isFreeUsername } from './is-free-username.js'
import { isKept } from './kept-addresses.js'
import { isOwnerOfEmail, isOwnerOfNumber, type Locked, lockAddresses } from './lock-addresses.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { invitations, users } from './tables.js'
import { retryOnce } from './verify-account.js'

type Connection = { db: PostgresJsDatabase; outbox: Outbox; by: Actor }

/**
 * An account that an administrator makes. It goes through one at a time with whoever registers with the address or number, or
 * changes to it, and takes the place of a registration that nobody has verified: that one is nobody's.
 */
export async function createAccount(
  { db, outbox, by }: Connection,
  account: PreparedAccount,
  invitation: NewInvitation | null,
): Promise<AccountPrepared> {
  return retryOnce(() => db.transaction((tx) => create({ tx, outbox, by }, account, invitation)))
}

async function create(
  { tx, outbox, by }: { tx: Transaction; outbox: Outbox; by: Actor },
  account: PreparedAccount,
  invitation: NewInvitation | null,
): Promise<AccountPrepared> {
  const { email, phoneNumber } = account
  const rows = await lockAddresses(tx, { userId: null, email, phoneNumber })
  const holders: Holders = {
    email: rows.find((row) => email !== null && row.email === email),
    phoneNumber: rows.find((row) => phoneNumber !== null && row.phoneNumber === phoneNumber),
  }
  const taken = await whatIsTaken(tx, account, holders)
  const act = { action: 'user.create', by, detail: { roles: account.roles.join(' ') } }
  if (taken.length > 0) {
    const detail = { ...act.detail, refusal: `TAKEN ${taken.join(' ')}` }
    const [subjectId = null] = taken.flatMap((field) =>
      field === 'username' ? [] : (holders[field]?.id ?? []),
    )
    await recordActs(tx, { ...act, outcome: 'FAILURE', subjectId, detail })
    return { kind: 'refused', taken }
  }

  await makeWay({ tx, outbox }, account, holders)
  const created = await insert(tx, account)
  if (invitation) await sendInvitation({ tx, outbox }, created.id, invitation)
  await recordActs(tx, { ...act, outcome: 'SUCCESS', subjectId: created.id })
  return { kind: 'created', account: created }
}

type Holders = Record<'email' | 'phoneNumber', Locked | undefined>

/** Registrations that nobody has verified give way, and so do numbers that nobody has proved. */
async function makeWay(
  { tx, outbox }: { tx: Transaction; outbox: Outbox },
  { id, phoneNumber }: PreparedAccount,
  { email: holder }: Holders,
): Promise<void> {
  if (holder) await dropPending({ tx, outbox }, holder.id)
  const dropped = phoneNumber === null ? null : await freeNumber(tx, phoneNumber, id)
  if (dropped !== null) await outbox.record(tx, registrationDropped, { userId: dropped })
}

async function whatIsTaken(
  tx: Transaction,
  { id, email, phoneNumber, username }: PreparedAccount,
  holders: Holders,
): Promise<Taken[]> {
  const [look] = (await tx.execute(sql`select ${isFreeUsername(username, id)} as free`)) as unknown as {
    free: boolean
  }[]
  const isOwned = holders.email !== undefined && isOwnerOfEmail(holders.email)
  const isNumberOwned = holders.phoneNumber !== undefined && isOwnerOfNumber(holders.phoneNumber)
  const isNotFree = async (address: string | null) => address !== null && isKept(tx, address, id)
  return [
    ...(isOwned || (await isNotFree(email)) ? (['email'] as const) : []),
    ...(isNumberOwned || (await isNotFree(phoneNumber)) ? (['phoneNumber'] as const) : []),
    ...(username !== null && !look?.free ? (['username'] as const) : []),
  ]
}

async function insert(
  tx: Transaction,
  { id, email, phoneNumber, username, roles, profile }: PreparedAccount,
): Promise<Account> {
  const { locale, attributes, ...plain } = profile
  const [account] = await tx
    .insert(users)
    .values({
      ...{ id, email, phoneNumber, username, roles: [...roles], status: 'PENDING_VERIFICATION' as const },
      ...plain,
      ...(locale != null && { locale }),
      attributes: attributes?.set ?? {},
    })
    .returning(accountColumns)
  await tx.insert(invitations).values({ userId: id })
  return account as Account // an insert that does not throw has its row
}
