import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Transaction } from '../../shared/events/outbox.js'
import type { RecordedAct } from '../domain/audit-ports.js'
import { auditPending } from './audit-tables.js'

/** Writes acts of this subgraph's own, in the transaction of the act. Those of others come as `audit.recorded`. */
export async function recordActs(tx: Transaction, ...acts: Act[]): Promise<void> {
  const rows = acts.map((act) => {
    const { id, payload } = recordedAct(act)
    return { id, act: payload as RecordedAct } // parsed by its definition just now
  })
  await tx.insert(auditPending).values(rows)
}

/** Keeps what another subgraph told of, each act under the id of its event. */
export async function keepActs(
  tx: Transaction,
  acts: readonly { id: string; act: RecordedAct }[],
): Promise<void> {
  await tx.insert(auditPending).values([...acts])
}
