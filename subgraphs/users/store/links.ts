import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { userInvited, verificationRequested } from '../../shared/contracts/users.js'
import { type Outbox, outboxRow, type Transaction } from '../../shared/events/outbox.js'
import type { NewLink } from '../domain/ports.js'
import { INVITATION_DAYS, MAX_LINKS_AN_HOUR, SECONDS_BETWEEN_LINKS } from '../limits.js'
import { emailLinks, invitations, outbox as outboxTable, users } from './tables.js'

/** A verification link lives 24 hours (SECURITY 10.1), by the database's clock. */
const linkExpiry = sql`now() + interval '24 hours'`

export const invitationExpiry = sql`now() + make_interval(days => ${INVITATION_DAYS})`

/** What is mailed to an address, whichever table holds the link. */
type Sends = typeof emailLinks | typeof invitations

const hourIsOver = ({ hourStartedAt }: Sends) => sql`${hourStartedAt} < now() - interval '1 hour'`

/** Whether an address may get another mail about its account within this hour. */
export const mayBeSent = (sends: Sends) =>
  sql`(${hourIsOver(sends)} or ${sends.sentInHour} < ${MAX_LINKS_AN_HOUR})`

/** Counts a mail to an address, in this hour or as the first of the next. */
export const countOneMore = (sends: Sends) => ({
  sentAt: sql`now()`,
  sentInHour: sql`case when ${hourIsOver(sends)} then 1 else ${sends.sentInHour} + 1 end`,
  hourStartedAt: sql`case when ${hourIsOver(sends)} then now() else ${sends.hourStartedAt} end`,
})

type Written = { userId: string; oldUserId?: string | undefined; digest: Uint8Array }

/** Writes the one link of an account, under the id that held the row before, so that the old link dies with its account. */
export async function writeLink(
  tx: Transaction,
  { userId, oldUserId = userId, digest }: Written,
): Promise<void> {
  const row = { userId, digest, expiresAt: linkExpiry, usedAt: null, sentAt: sql`now()` }
  await tx
    .insert(emailLinks)
    .values({ ...row, userId: oldUserId })
    .onConflictDoUpdate({ target: emailLinks.userId, set: { ...row, ...countOneMore(emailLinks) } })
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
 * Replaces the link of an address that is not verified and has had none for a while, and says so in the outbox. Of an
 * account that an administrator made it is the invitation. It is one statement for everyone, so that asking for a
 * stranger costs the same.
 */
export async function renewLink(
  db: PostgresJsDatabase,
  outbox: Outbox,
  userId: string,
  link: NewLink,
): Promise<void> {
  const { sealedToken, verificationUrl, invitationUrl } = link
  const verification = outboxRow(verificationRequested, { userId, sealedToken, verificationUrl })
  const invitation = outboxRow(userInvited, { userId, sealedToken, invitationUrl })

  await db.execute(sql`
    with renewed as (${renewal(emailLinks, { userId, link, expiry: linkExpiry, whose: sql`email_verified_at is null` })}),
    invited as (${renewal(invitations, { userId, link, expiry: invitationExpiry, whose: sql`verified_at is null` })})
    insert into ${outboxTable} (id, name, payload)
    select ${verification.id}::uuid, ${verification.name}, ${JSON.stringify(verification.payload)}::text::jsonb from renewed
    union all
    select ${invitation.id}::uuid, ${invitation.name}, ${JSON.stringify(invitation.payload)}::text::jsonb from invited`)
  outbox.poke()
}

type Renewal = { userId: string; link: NewLink; expiry: SQL; whose: SQL }

function renewal(sends: Sends, { userId, link, expiry, whose }: Renewal): SQL {
  const id = emailLinks.userId.mapToDriverValue(userId)
  return sql`
    update ${sends} set
      digest = ${emailLinks.digest.mapToDriverValue(link.digest)},
      expires_at = ${expiry},
      used_at = null,
      sent_at = now(),
      sent_in_hour = case when ${hourIsOver(sends)} then 1 else sent_in_hour + 1 end,
      hour_started_at = case when ${hourIsOver(sends)} then now() else hour_started_at end
    where user_id = ${id}
      and coalesce(sent_at <= now() - make_interval(secs => ${SECONDS_BETWEEN_LINKS}), true)
      and ${mayBeSent(sends)}
      and exists (select 1 from ${users} where id = ${id} and ${whose})
    returning 1`
}
