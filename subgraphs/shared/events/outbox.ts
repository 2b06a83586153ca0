import type { PgTransaction } from 'drizzle-orm/pg-core'
import type { PostgresJsDatabase, PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import type * as z from 'zod'
import { newUuid } from '../ids/uuid.js'
import type { EventDefinition } from './define-event.js'
import type { OutboxTable } from './tables.js'

/** A transaction, or the database where one statement is all there is. */
export type Transaction =
  | PgTransaction<PostgresJsQueryResultHKT, Record<string, unknown>, never>
  | PostgresJsDatabase

export type OutboxRow = { id: string; name: string; payload: unknown }

/** Shapes a fact for the outbox; throws where it does not fit its definition. */
export const outboxRow = <Payload extends z.ZodType>(
  event: EventDefinition<Payload>,
  payload: z.input<Payload>,
): OutboxRow => ({ id: newUuid(), name: event.name, payload: event.payload.parse(payload) })

export type Outbox = {
  /** Writes a fact; it becomes true with the transaction and is told soon after. */
  record<Payload extends z.ZodType>(
    tx: Transaction,
    event: EventDefinition<Payload>,
    payload: z.input<Payload>,
  ): Promise<void>
  /** To be called where a row was written by other means, so that it need not wait for the next round. */
  poke(): void
}

export function createOutbox(table: OutboxTable, poke: () => void): Outbox {
  return {
    poke,
    async record(tx, event, payload) {
      await tx.insert(table).values(outboxRow(event, payload))
      poke()
    },
  }
}
