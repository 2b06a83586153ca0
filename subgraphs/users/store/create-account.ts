import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Actor } from '../../shared/audit/act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { AccountPrepared, NewInvitation, PreparedAccount } from '../domain/invitation-ports.js'
import type { Account } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { dropPending } from './drop-pending.js'
import { isFreeUsername } from './is-free-username.js'
import { type Holder, isTheirs, lockHolder } from './lock-holder.js'
import { recordActs } from './record-act.js'
import { sendInvitation } from './send-invitation.js'
import { invitations, users } from './tables.js'
import { retryOnce } from './verify-account.js'

type Connection = { db: PostgresJsDatabase; outbox: Outbox; by: Actor }

/**
 * An account that an administrator makes. It goes through one at a time with whoever registers with the address or
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
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${account.email}, 0))`)
  const { holder } = await lockHolder(tx, account.email)
  const taken = await whatIsTaken(tx, account, holder)
  const act = { action: 'user.create', by, detail: { roles: account.roles.join(' ') } }
  if (taken.length > 0) {
    const detail = { ...act.detail, refusal: `TAKEN ${taken.join(' ')}` }
    await recordActs(tx, { ...act, outcome: 'FAILURE', subjectId: holder?.id ?? null, detail })
    return { kind: 'refused', taken }
  }

  if (holder) await dropPending({ tx, outbox }, holder.id)
  const created = await insert(tx, account)
  if (invitation) await sendInvitation({ tx, outbox }, created.id, invitation)
  await recordActs(tx, { ...act, outcome: 'SUCCESS', subjectId: created.id })
  return { kind: 'created', account: created }
}

async function whatIsTaken(
  tx: Transaction,
  { id, username }: PreparedAccount,
  holder: Holder | undefined,
): Promise<('email' | 'username')[]> {
  const [look] = (await tx.execute(sql`select ${isFreeUsername(username, id)} as free`)) as unknown as {
    free: boolean
  }[]
  return [
    ...(holder && isTheirs(holder) ? (['email'] as const) : []),
    ...(username !== null && !look?.free ? (['username'] as const) : []),
  ]
}

async function insert(
  tx: Transaction,
  { id, email, username, roles, profile }: PreparedAccount,
): Promise<Account> {
  const { locale, attributes, ...plain } = profile
  const [account] = await tx
    .insert(users)
    .values({
      ...{ id, email, username, roles: [...roles], status: 'PENDING_VERIFICATION' as const },
      ...plain,
      ...(locale != null && { locale }),
      attributes: attributes?.set ?? {},
    })
    .returning(accountColumns)
  await tx.insert(invitations).values({ userId: id })
  return account as Account // an insert that does not throw has its row
}
