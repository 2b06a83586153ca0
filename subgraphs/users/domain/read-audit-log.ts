import { isIP } from 'node:net'
import type { AuditOutcome } from '../../shared/audit/act.js'
import { readMoment } from '../../shared/identifiers/read-moment.js'
import type { AuditEvent, AuditFilter, AuditLog } from './audit-ports.js'

const READ_ALL = 'audit:read'
const READ_USERS = 'users:read'

export type AuditLogFilter = {
  action?: string[] | null | undefined
  actorId?: string | null | undefined
  subjectId?: string | null | undefined
  outcome?: AuditOutcome | null | undefined
  since?: string | null | undefined
  until?: string | null | undefined
  ip?: string | null | undefined
}

export type AuditPage = { first: number; after: string | null }

export type AuditRead =
  | { kind: 'read'; events: AuditEvent[] }
  /** `field` of the filter is no such thing. */
  | { kind: 'refused'; field: string }

type Reader = { userId: string; scopes: readonly string[] } | null

type Deps = { log: AuditLog; isUserId: (id: string) => boolean }

/** The audit log, whole for those who may read it, and of one account for its owner. */
export function makeReadAuditLog({ log, isUserId }: Deps) {
  return {
    async all(page: AuditPage, input: AuditLogFilter): Promise<AuditRead> {
      const filter = readFilter(input, isUserId)
      return typeof filter === 'string'
        ? { kind: 'refused', field: filter }
        : { kind: 'read', events: await log.list({ ...page, filter }) }
    },

    async ofSubject(reader: Reader, subjectId: string, page: AuditPage): Promise<AuditEvent[]> {
      const events = await log.list({ ...page, filter: { subjectId } })
      return events.map((event) => asSeenBy(reader, event))
    },

    /** Null too for an event that this reader could not list. */
    async one(reader: Reader, id: string): Promise<AuditEvent | null> {
      const event = reader && (await log.find(id))
      const may = (scope: string) => reader?.scopes.includes(scope)
      const visible = event && (may(READ_ALL) || may(READ_USERS) || event.subjectId === reader.userId)
      return visible ? asSeenBy(reader, event) : null
    },
  }
}

/** Where somebody else was when they did something is theirs; where a visitor was who tried is for the owner to know. */
function asSeenBy(reader: Reader, event: AuditEvent): AuditEvent {
  const somebodyElse = event.actorId !== null && event.actorId !== reader?.userId
  return somebodyElse && !reader?.scopes.includes(READ_ALL) ? { ...event, personal: null } : event
}

/** What each field of the filter means; null for what means nothing. */
const readersOf = (
  isUserId: Deps['isUserId'],
): { [Field in keyof AuditFilter]-?: (value: never) => unknown } => ({
  action: (actions: string[]) => actions,
  actorId: (id: string) => (isUserId(id) ? id : null),
  subjectId: (id: string) => (isUserId(id) ? id : null),
  outcome: (outcome: AuditOutcome) => outcome,
  since: readMoment,
  until: readMoment,
  ip: (ip: string) => (isIP(ip) === 0 ? null : ip),
})

/** The filter, or the name of the first field that means nothing. */
function readFilter(input: AuditLogFilter, isUserId: Deps['isUserId']): AuditFilter | string {
  const filter: Record<string, unknown> = {}
  for (const [field, read] of Object.entries(readersOf(isUserId))) {
    const value = input[field as keyof AuditLogFilter] // the readers' keys are exactly these
    if (value == null) continue
    filter[field] = read(value as never)
    if (filter[field] === null) return field
  }
  return filter
}
