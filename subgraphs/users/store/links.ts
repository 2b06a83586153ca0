import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { verificationRequested } from '../../shared/contracts/users.js'
import { type Outbox, outboxRow, type Transaction } from '../../shared/events/outbox.js'
import type { NewLink } from '../domain/ports.js'
import { MAX_LINKS_AN_HOUR, SECONDS_BETWEEN_LINKS } from '../limits.js'
import { emailLinks, outbox as outboxTable, users } from './tables.js'

/** A verification link lives 24 hours (SECURITY 10.1), by the database's clock. */
export const linkExpiry = sql`now() + interval '24 hours'`

const hourIsOver = sql`${emailLinks.hourStartedAt} < now() - interval '1 hour'`

/** Whether an address may get another mail about its account within this hour. */
export const mayBeSent = sql`(${hourIsOver} or ${emailLinks.sentInHour} < ${MAX_LINKS_AN_HOUR})`

/** Counts a mail to an address, in this hour or as the first of the next. */
export const countOneMore = {
  sentAt: sql`now()`,
  sentInHour: sql`case when ${hourIsOver} then 1 else ${emailLinks.sentInHour} + 1 end`,
  hourStartedAt: sql`case when ${hourIsOver} then now() else ${emailLinks.hourStartedAt} end`,
}

export type Spent = { userId: string } | { refused: 'EXPIRED' | 'ALREADY_USED' }

/** Spends a link: one guarded UPDATE, so that of many racing callers one does. */
export async function spendLink(tx: Transaction, digest: Uint8Array): Promise<Spent> {
  const [spent] = await tx
    .update(emailLinks)
    .set({ usedAt: sql`now()` })
    .where(
      and(eq(emailLinks.digest, digest), isNull(emailLinks.usedAt), gt(emailLinks.expiresAt, sql`now()`)),
    )
    .returning({ userId: emailLinks.userId })
  if (spent) return spent

  const [known] = await tx
    .select({ usedAt: emailLinks.usedAt })
    .from(emailLinks)
    .where(eq(emailLinks.digest, digest))
  return { refused: known?.usedAt ? 'ALREADY_USED' : 'EXPIRED' }
}

/**
 * Replaces the link of an address that is not verified and has had none for a while, and says so in the outbox.
 * It is one statement for everyone, so that asking for a stranger costs the same.
 */
export async function renewLink(
  db: PostgresJsDatabase,
  outbox: Outbox,
  userId: string,
  { digest, sealedToken, verificationUrl }: NewLink,
): Promise<void> {
  const event = outboxRow(verificationRequested, { userId, sealedToken, verificationUrl })
  const id = emailLinks.userId.mapToDriverValue(userId)

  await db.execute(sql`
    with renewed as (
      update ${emailLinks} set
        digest = ${emailLinks.digest.mapToDriverValue(digest)},
        expires_at = ${linkExpiry},
        used_at = null,
        sent_at = now(),
        sent_in_hour = case when ${hourIsOver} then 1 else sent_in_hour + 1 end,
        hour_started_at = case when ${hourIsOver} then now() else hour_started_at end
      where user_id = ${id}
        and sent_at <= now() - make_interval(secs => ${SECONDS_BETWEEN_LINKS})
        and ${mayBeSent}
        and exists (select 1 from ${users} where id = ${id} and email_verified_at is null)
      returning 1
    )
    insert into ${outboxTable} (id, name, payload)
    select ${event.id}::uuid, ${event.name}, ${JSON.stringify(event.payload)}::text::jsonb from renewed`)
  outbox.poke()
}
