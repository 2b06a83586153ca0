import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import { addressProved, passwordResetRequested } from '../../shared/contracts/passwords.js'
import { type Outbox, outboxRow, type Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type {
  PasswordReset,
  PasswordResetDone,
  ResetMeans,
  ResetRequest,
  ResetStore,
} from '../domain/recovery-ports.js'
import { RESET_LINK_SECONDS, RESET_MAILS } from '../limits.js'
import { endLink, replaceCredential, tellOfChange } from './replace-credential.js'
import { credentials, outbox as outboxTable, resetLinks, spentGrants } from './tables.js'

/** Used and expired tokens are kept for a day at most (SECURITY 12.5). */
const KEEP_HOURS = 12

type Parts = { db: PostgresJsDatabase; outbox: Outbox; historySize: number }

export const createResetStore = ({ db, outbox, historySize }: Parts): ResetStore => ({
  request: (request) => requestReset(db, outbox, request),

  async recordCode({ userId, by }) {
    const outcome = userId === null ? 'FAILURE' : 'SUCCESS'
    const act: Act = {
      action: 'password.request-reset',
      outcome,
      subjectId: userId,
      by,
      detail: { by: 'OTP' },
    }
    await db.insert(outboxTable).values(recordedAct(act))
    outbox.poke()
  },

  async find(digest) {
    const [link] = await db
      .select({
        ...{ userId: resetLinks.userId, address: resetLinks.address, usedAt: resetLinks.usedAt },
        isOver: sql<boolean>`(${resetLinks.expiresAt} <= now() or coalesce(${credentials.changedAt} > ${resetLinks.sentAt}, false))`,
      })
      .from(resetLinks)
      .leftJoin(credentials, eq(credentials.userId, resetLinks.userId))
      .where(eq(resetLinks.digest, digest))
    if (link?.usedAt) return { kind: 'refused', reason: 'ALREADY_USED' }
    if (!link || link.isOver) return { kind: 'refused', reason: 'EXPIRED' }
    return { kind: 'found', userId: link.userId, address: link.address }
  },

  complete: (reset) => db.transaction((tx) => complete(tx, reset, historySize)),

  async deleteOld() {
    await db
      .delete(resetLinks)
      .where(lt(resetLinks.sentAt, sql`now() - make_interval(hours => ${KEEP_HOURS})`))
    await db.delete(spentGrants).where(lt(spentGrants.expiresAt, sql`now() - interval '1 hour'`))
  },
})

/**
 * One statement, right however many ask at once: of those, one finds that a minute has passed. For a stranger the same
 * statement runs and writes no link.
 */
async function requestReset(
  db: PostgresJsDatabase,
  outbox: Outbox,
  { userId, link, by }: ResetRequest,
): Promise<void> {
  const told = outboxRow(passwordResetRequested, {
    ...{ userId: userId ?? '', sealedToken: link.sealedToken, resetUrl: link.resetUrl },
  })
  const act: Act = {
    action: 'password.request-reset',
    outcome: 'FAILURE',
    subjectId: userId,
    by,
    detail: { by: 'LINK' },
  }
  const acted = recordedAct(act)
  const id = resetLinks.userId.mapToDriverValue(userId ?? newId(ID_PREFIXES.user))
  const hourIsOver = sql`r.hour_started_at < now() - interval '1 hour'`

  await db.execute(sql`
    with sent as (
      insert into ${resetLinks} as r (user_id, digest, address, expires_at)
      select ${id}::uuid, ${resetLinks.digest.mapToDriverValue(link.digest)}::bytea, ${link.address},
        now() + make_interval(secs => ${RESET_LINK_SECONDS})
      where ${userId !== null}
      on conflict (user_id) do update set
        digest = excluded.digest,
        address = excluded.address,
        expires_at = excluded.expires_at,
        used_at = null,
        sent_at = now(),
        sent_in_hour = case when ${hourIsOver} then 1 else r.sent_in_hour + 1 end,
        hour_started_at = case when ${hourIsOver} then now() else r.hour_started_at end
      where r.sent_at <= now() - make_interval(secs => ${RESET_MAILS.secondsBetween})
        and (${hourIsOver} or r.sent_in_hour < ${RESET_MAILS.anHour})
      returning 1
    )
    insert into ${outboxTable} (id, name, payload)
    select ${told.id}::uuid, ${told.name}, ${JSON.stringify(told.payload)}::text::jsonb from sent
    union all
    select ${acted.id}::uuid, ${acted.name}, ${JSON.stringify(acted.payload)}::text::jsonb
      || case when exists (select 1 from sent) then '{"outcome": "SUCCESS"}'::jsonb else '{}'::jsonb end`)
  outbox.poke()
}

async function complete(
  tx: Transaction,
  { means, stored, proof, by }: PasswordReset,
  historySize: number,
): Promise<PasswordResetDone> {
  const spent = means.by === 'LINK' ? await spendLink(tx, means.digest) : await spendGrant(tx, means)
  if ('refused' in spent) return { kind: 'refused', reason: spent.refused }

  const { userId } = spent
  if (await hasChangedSince(tx, spent)) return { kind: 'refused', reason: 'EXPIRED' }
  await replaceCredential(tx, { userId, stored, historySize })
  if (proof) {
    await tx.insert(outboxTable).values({ ...outboxRow(addressProved, proof), id: proof.proofId })
  }
  const change = await tellOfChange(
    tx,
    { userId, how: 'RESET', keptSessionId: null, keptTicket: null },
    { action: 'password.reset', outcome: 'SUCCESS', subjectId: userId, by, detail: { by: means.by } },
  )
  return { kind: 'done', change }
}

type Spent = { userId: string; issuedAt: Date } | { refused: 'EXPIRED' | 'ALREADY_USED' }

/** One guarded UPDATE: of many racing callers one spends the link, and it is their password that counts. */
async function spendLink(tx: Transaction, digest: Uint8Array): Promise<Spent> {
  const [spent] = await tx
    .update(resetLinks)
    .set({ usedAt: sql`now()` })
    .where(
      and(eq(resetLinks.digest, digest), isNull(resetLinks.usedAt), gt(resetLinks.expiresAt, sql`now()`)),
    )
    .returning({ userId: resetLinks.userId, issuedAt: resetLinks.sentAt })
  return spent ?? { refused: await whyNot(tx, digest) }
}

/** Of many racing callers one inserts the `jti`. */
async function spendGrant(
  tx: Transaction,
  { userId, jti, issuedAt, expiresAt }: Extract<ResetMeans, { by: 'OTP' }>,
): Promise<Spent> {
  const spent = await tx.insert(spentGrants).values({ jti, expiresAt }).onConflictDoNothing().returning()
  return spent.length === 1 ? { userId, issuedAt } : { refused: 'ALREADY_USED' }
}

/**
 * Whether the password in force was set after a link or grant was given out: by a change, by another reset, or brought
 * from elsewhere. Whoever sets one at this moment is waited for. The link is locked before, and so by who changes it.
 */
async function hasChangedSince(
  tx: Transaction,
  { userId, issuedAt }: { userId: string; issuedAt: Date },
): Promise<boolean> {
  await endLink(tx, userId)
  const [inForce] = await tx
    .select({ isNewer: sql<boolean>`${credentials.changedAt} > ${issuedAt.toISOString()}::timestamptz` })
    .from(credentials)
    .where(eq(credentials.userId, userId))
    .for('update')
  return inForce?.isNewer ?? false
}

async function whyNot(tx: Transaction, digest: Uint8Array): Promise<'EXPIRED' | 'ALREADY_USED'> {
  const [known] = await tx
    .select({ usedAt: resetLinks.usedAt })
    .from(resetLinks)
    .where(eq(resetLinks.digest, digest))
  return known?.usedAt ? 'ALREADY_USED' : 'EXPIRED'
}
