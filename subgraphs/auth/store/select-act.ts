import { type SQL, sql } from 'drizzle-orm'
import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'

/** An act as a row of the outbox, for a statement that does it and tells of it in one. */
export function selectAct(act: Act): SQL {
  const { id, name, payload } = recordedAct(act)
  return sql`select ${id}::uuid, ${name}::text, ${JSON.stringify(payload)}::text::jsonb`
}
