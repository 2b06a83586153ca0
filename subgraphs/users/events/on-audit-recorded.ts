import { auditRecorded } from '../../shared/contracts/audit.js'
import { onEvent } from '../../shared/events/consumer.js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { RecordedAct } from '../domain/audit-ports.js'

type Keep = (tx: Transaction, id: string, act: RecordedAct) => Promise<void>

/** An act of another subgraph waits for the writer of the log, under the id of its event. */
export const onAuditRecorded = (keep: Keep) =>
  onEvent(auditRecorded, (act, tx, eventId) => keep(tx, eventId, act))
