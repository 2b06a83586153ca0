import { randomBytes } from 'node:crypto'
import { asc, desc, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Transaction } from '../../shared/events/outbox.js'
import { ID_PREFIXES, uuidToId } from '../../shared/ids/type-id.js'
import { type Head, type KeyedDigest, linkAfter, NO_HASH } from '../domain/audit-chain.js'
import type { AuditEvent } from '../domain/audit-ports.js'
import { AUDIT_RETENTION_DAYS } from '../limits.js'
import { auditEvents, auditPending, auditPersonal } from './audit-tables.js'

const BATCH = 200
const EXPIRE_BATCH = 1000

export type AuditWriter = {
  /** Appends what waits. True when there may be more. */
  append(): Promise<boolean>
  /** Removes what is older than the log is kept. */
  expire(): Promise<void>
}

/** The one way into the audit log. However many processes have a writer, one appends at a time. */
export const createAuditWriter = (db: PostgresJsDatabase, digest: KeyedDigest): AuditWriter => ({
  async append() {
    const waiting = await db.select({ id: auditPending.id }).from(auditPending).limit(1)
    return waiting.length > 0 && db.transaction((tx) => appendBatch(tx, digest))
  },

  async expire() {
    while ((await expireBatch(db)) === EXPIRE_BATCH);
  },
})

async function appendBatch(tx: Transaction, digest: KeyedDigest): Promise<boolean> {
  // Two writers at once would both follow the same event. Whoever comes second leaves it to the first.
  const [lock] = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended('usergraph.users.audit', 0)) as mine`,
  )
  if (!lock?.mine) return false
  const { head, chain } = await readHead(tx)
  const pending = await tx.select().from(auditPending).orderBy(asc(auditPending.id)).limit(BATCH)
  if (pending.length === 0) return false

  const events: AuditEvent[] = []
  for (const { id, act } of pending) {
    const link = { ...act, id: uuidToId(ID_PREFIXES.auditEvent, id), chain, salt: randomBytes(16) }
    events.push(linkAfter(events.at(-1) ?? head, link, digest))
  }
  await tx.insert(auditEvents).values(events)
  const personal = events.flatMap((event) => (event.personal ? [{ seq: event.seq, ...event.personal }] : []))
  if (personal.length > 0) await tx.insert(auditPersonal).values(personal)
  await tx.delete(auditPending).where(
    inArray(
      auditPending.id,
      pending.map(({ id }) => id),
    ),
  )
  return pending.length === BATCH
}

/** The last event, and the day that goes on with it: never one before it, whatever the clock says. */
async function readHead(tx: Transaction): Promise<{ head: Head; chain: string }> {
  const [day] = await tx.execute<{ today: string }>(
    sql`select (clock_timestamp() at time zone 'UTC')::date::text as today`,
  )
  const [last] = await tx
    .select({ seq: auditEvents.seq, hash: auditEvents.hash, chain: auditEvents.chain })
    .from(auditEvents)
    .orderBy(desc(auditEvents.seq))
    .limit(1)
  const today = day?.today ?? ''
  return {
    head: last ?? { seq: 0, hash: NO_HASH },
    chain: last && last.chain > today ? last.chain : today,
  }
}

/** Oldest first, so that what is left begins with one event and has no gaps. */
async function expireBatch(db: PostgresJsDatabase): Promise<number> {
  const old = db
    .select({ seq: auditEvents.seq })
    .from(auditEvents)
    .where(sql`${auditEvents.chain} < (now() at time zone 'UTC')::date - ${AUDIT_RETENTION_DAYS}::int`)
    .orderBy(asc(auditEvents.chain), asc(auditEvents.seq))
    .limit(EXPIRE_BATCH)
  const expired = await db
    .delete(auditEvents)
    .where(inArray(auditEvents.seq, old))
    .returning({ seq: auditEvents.seq })
  return expired.length
}
