import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Actor } from '../../shared/audit/act.js'
import { emailChangeRequested, takenAddressWanted } from '../../shared/contracts/users.js'
import { phoneCodeRequested, takenNumberWanted } from '../../shared/contracts/users-numbers.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { ContactChange, ContactChangeRequested, NewContactChange } from '../domain/ports.js'
import { CONFIRM_LINK_HOURS, CONTACT_CHANGES_AN_HOUR } from '../limits.js'
import { changeColumns } from './contact-change-columns.js'
import { addressesOf, addressIn, isSame, isTakenBy } from './contact-kinds.js'
import { isKept } from './kept-addresses.js'
import { recordActs } from './record-act.js'
import { contactChanges, users } from './tables.js'

type Connection = { tx: Transaction; outbox: Outbox; by: Actor }

/** A change that waits for its proof. Locking the person's row lets their requests go through one at a time. */
export async function requestChange(
  { tx, outbox, by }: Connection,
  wanted: NewContactChange,
): Promise<ContactChangeRequested> {
  const [account] = await tx
    .select(addressesOf)
    .from(users)
    .where(and(eq(users.id, wanted.userId), isNull(users.anonymizedAt)))
    .for('update')
  if (!account) return { kind: 'refused', reason: 'NOT_FOUND' }
  if (isSame(account, wanted.kind, wanted.newValue)) return { kind: 'refused', reason: 'SAME' }

  const counts = await countRecent(tx, wanted)
  if (counts.byPerson >= CONTACT_CHANGES_AN_HOUR) return { kind: 'limited', retryAfter: counts.retryAfter }

  const change = await replacePending(tx, wanted, addressIn(account, wanted.kind))
  // An address that had its mails of this hour gets no more, from however many accounts it is named.
  if (counts.toAddress < CONTACT_CHANGES_AN_HOUR) await tell(tx, outbox, wanted)
  await recordActs(tx, {
    ...{ action: 'user.request-contact-change', outcome: 'SUCCESS', subjectId: wanted.userId, by },
    detail: { change: change.id, kind: change.kind },
  })
  return { kind: 'pending', change }
}

type Counts = { byPerson: number; toAddress: number; retryAfter: number }

async function countRecent(tx: Transaction, { userId, newValue }: NewContactChange): Promise<Counts> {
  const isTheirs = sql`user_id = ${contactChanges.userId.mapToDriverValue(userId)}`
  const [counts] = (await tx.execute(sql`
    select count(*) filter (where ${isTheirs})::int as by_person,
      count(*) filter (where new_value = ${newValue})::int as to_address,
      coalesce(ceil(extract(epoch from min(requested_at) filter (where ${isTheirs}) + interval '1 hour' - now())), 0)::int as retry_after
    from ${contactChanges}
    where (${isTheirs} or new_value = ${newValue}) and requested_at > now() - interval '1 hour'`)) as unknown as {
    by_person: number
    to_address: number
    retry_after: number
  }[]
  return {
    byPerson: counts?.by_person ?? 0,
    toAddress: counts?.to_address ?? 0,
    retryAfter: Math.max(1, counts?.retry_after ?? 0),
  }
}

async function replacePending(
  tx: Transaction,
  wanted: NewContactChange,
  oldValue: string | null,
): Promise<ContactChange> {
  const { id, userId, kind, newValue } = wanted
  const confirmDigest = wanted.kind === 'EMAIL' ? wanted.link.digest : null
  await tx
    .update(contactChanges)
    .set({ state: 'REPLACED' })
    .where(
      and(
        eq(contactChanges.userId, userId),
        eq(contactChanges.kind, kind),
        eq(contactChanges.state, 'PENDING'),
      ),
    )
  const [change] = await tx
    .insert(contactChanges)
    .values({
      ...{ id, userId, kind, oldValue, newValue, confirmDigest },
      expiresAt: sql`now() + make_interval(hours => ${CONFIRM_LINK_HOURS})`,
    })
    .returning(changeColumns)
  return change as ContactChange // an insert that does not throw has its row
}

/** Link or code goes to a free address only. To whose it is, a notice; who asked learns nothing of either. */
async function tell(tx: Transaction, outbox: Outbox, wanted: NewContactChange): Promise<void> {
  const { id: changeId, userId, kind, newValue } = wanted
  const [holder] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isTakenBy(kind, newValue), ne(users.id, userId)))
  const isTaken = holder !== undefined || (await isKept(tx, newValue, userId))
  if (isTaken) {
    if (holder) await outbox.record(tx, WANTED[kind], { userId: holder.id })
    return
  }
  if (wanted.kind === 'PHONE')
    return outbox.record(tx, phoneCodeRequested, { userId, changeId, ...wanted.code })
  const { sealedToken, url: confirmUrl } = wanted.link
  await outbox.record(tx, emailChangeRequested, { userId, changeId, sealedToken, confirmUrl })
}

const WANTED = { EMAIL: takenAddressWanted, PHONE: takenNumberWanted }
