import { auditRecorded } from '../../shared/contracts/audit.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvents } from '../../shared/events/subscription.js'
import type { RecordedAct } from '../domain/audit-ports.js'

type Keep = (tx: Transaction, acts: readonly { id: string; act: RecordedAct }[]) => Promise<void>

/** Acts of another subgraph wait for the writer of the log, each under the id of its event. */
export const onAuditRecorded = (keep: Keep) =>
  onEvents(auditRecorded, (events, tx) =>
    keep(
      tx,
      events.map(({ id, payload }) => ({ id, act: payload })),
    ),
  )
