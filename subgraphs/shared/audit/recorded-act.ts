import { auditRecorded } from '../contracts/audit.js'
import { type OutboxRow, outboxRow } from '../events/outbox.js'
import type { Act } from './act.js'

/** Shapes an act for the outbox of the subgraph where it is done. */
export const recordedAct = ({ action, outcome, subjectId, by, detail = {} }: Act): OutboxRow =>
  outboxRow(auditRecorded, {
    action,
    outcome,
    at: new Date().toISOString(),
    actorId: by.userId,
    subjectId,
    client: by.client,
    ip: by.ip,
    userAgent: by.userAgent,
    detail,
  })
