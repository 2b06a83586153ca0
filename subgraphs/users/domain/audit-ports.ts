import type { AuditDetail, AuditOutcome } from '../../shared/audit/act.js'

/** An act on its way into the log. */
export type RecordedAct = {
  action: string
  outcome: AuditOutcome
  at: string
  actorId: string | null
  subjectId: string | null
  client: string | null
  ip: string | null
  userAgent: string | null
  detail: AuditDetail
}

/** What of an event can be erased, with the salt of its digest. */
export type AuditPersonal = { salt: Uint8Array; ip: string | null; userAgent: string | null }

/** An event of the log. */
export type AuditEvent = {
  id: string
  seq: number
  /** The day whose chain it is in, as 2030-01-31. */
  chain: string
  action: string
  outcome: AuditOutcome
  at: Date
  actorId: string | null
  subjectId: string | null
  client: string | null
  detail: AuditDetail
  personalDigest: Uint8Array | null
  previousHash: Uint8Array
  hash: Uint8Array
  /** Null where there was nothing personal, and where it was erased. */
  personal: AuditPersonal | null
}

export type AuditFilter = {
  action?: readonly string[]
  actorId?: string
  subjectId?: string
  outcome?: AuditOutcome
  since?: Date
  until?: Date
  ip?: string
}

export type AuditQuery = { filter: AuditFilter; first: number; after: string | null }

export type AuditLog = {
  /** Newest first, with one event more than the page. */
  list(query: AuditQuery): Promise<AuditEvent[]>
  find(id: string): Promise<AuditEvent | null>
}

/** What verifying reads. */
export type AuditChains = {
  /** Events of a day's chain, in order. */
  read(page: { chain: string; afterSeq: number; limit: number }): Promise<AuditEvent[]>
  /** The events right before and right after these, and whether anything lies further that way. */
  around(seqs: { first: number; last: number }): Promise<{
    before: AuditEvent | null
    after: AuditEvent | null
    anyBefore: boolean
    anyAfter: boolean
  }>
}
