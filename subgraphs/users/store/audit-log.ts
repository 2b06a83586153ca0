import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { AuditChains, AuditEvent, AuditFilter, AuditLog } from '../domain/audit-ports.js'
import { auditEvents, auditPersonal } from './audit-tables.js'

/** Reads the audit log; what was erased of an event is null. */
export function createAuditLog(db: PostgresJsDatabase): AuditLog & AuditChains {
  const events = () =>
    db
      .select({
        ...getTableColumns(auditEvents),
        salt: auditPersonal.salt,
        ip: auditPersonal.ip,
        userAgent: auditPersonal.userAgent,
      })
      .from(auditEvents)
      .leftJoin(auditPersonal, eq(auditPersonal.seq, auditEvents.seq))
      .$dynamic()
  const read = async (where: SQL | undefined, order: SQL, limit: number) =>
    (await events().where(where).orderBy(order).limit(limit)).map(eventOf)

  return {
    list: ({ filter, first, after }) =>
      read(and(...conditionsOf(filter), after ? before(after) : undefined), desc(auditEvents.seq), first + 1),

    find: async (id) => (await read(eq(auditEvents.id, id), desc(auditEvents.seq), 1))[0] ?? null,

    read: ({ chain, afterSeq, limit }) =>
      read(and(eq(auditEvents.chain, chain), gt(auditEvents.seq, afterSeq)), asc(auditEvents.seq), limit),

    async around({ first, last }) {
      const [lower] = await read(lt(auditEvents.seq, first), desc(auditEvents.seq), 1)
      const [upper] = await read(gt(auditEvents.seq, last), asc(auditEvents.seq), 1)
      return {
        before: lower?.seq === first - 1 ? lower : null,
        after: upper?.seq === last + 1 ? upper : null,
        anyBefore: lower !== undefined,
        anyAfter: upper !== undefined,
      }
    },
  }
}

/** A cursor is the id of an event; its place in the order is looked up in the same statement. */
const before = (cursor: string): SQL =>
  sql`${auditEvents.seq} < (select at.seq from ${auditEvents} as at where at.id = ${auditEvents.id.mapToDriverValue(cursor)}::uuid)`

function conditionsOf(filter: AuditFilter): SQL[] {
  const { action, actorId, subjectId, outcome, since, until, ip } = filter
  return [
    action && inArray(auditEvents.action, [...action]),
    actorId && eq(auditEvents.actorId, actorId),
    subjectId && eq(auditEvents.subjectId, subjectId),
    outcome && eq(auditEvents.outcome, outcome),
    since && gte(auditEvents.at, since),
    until && lt(auditEvents.at, until),
    ip && eq(auditPersonal.ip, ip),
  ].flatMap((condition) => condition || [])
}

type Row = Omit<AuditEvent, 'personal'> & {
  salt: Uint8Array | null
  ip: string | null
  userAgent: string | null
}

const eventOf = ({ salt, ip, userAgent, ...event }: Row): AuditEvent => ({
  ...event,
  personal: salt && { salt, ip, userAgent },
})
