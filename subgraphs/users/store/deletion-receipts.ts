import { sql } from 'drizzle-orm'
import type { SubgraphName } from '../../shared/contracts/subgraph-names.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { deletionReceipts, deletions } from './deletion-tables.js'

type Receipt = { userId: string; subgraph: SubgraphName; round: number; records: number }

/** Keeps a receipt; what a later round found is added to it. One of an account that nobody remembers is none. */
export async function keepReceipt(
  tx: Transaction,
  { userId, subgraph, round, records }: Receipt,
): Promise<void> {
  const user = deletions.userId.mapToDriverValue(userId)
  await tx.execute(sql`
    insert into ${deletionReceipts} as known (user_id, subgraph, round, records)
    select user_id, ${subgraph}, ${round}::int, ${records}::int from ${deletions} where user_id = ${user}
    on conflict (user_id, subgraph) do update set
      round = greatest(known.round, excluded.round),
      records = known.records + excluded.records,
      erased_at = now()`)
}
