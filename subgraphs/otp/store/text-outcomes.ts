import { sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { TextOutcomes } from '../domain/ports.js'
import { challenges } from './tables.js'

type Row = { sent: number; verified: number; is_recent: boolean }

/**
 * What became of the latest texts, by challenge, so that one sent again counts as often as it was. Those that may still come
 * back are left out, and decoys, which went nowhere; and those from before texts had a country, of which nobody noted when they
 * were spent.
 */
export async function textOutcomes(db: PostgresJsDatabase, count: number): Promise<TextOutcomes> {
  const [row] = (await db.execute(sql`
    select coalesce(sum(1 + resends), 0)::int as sent, count(spent_at)::int as verified,
      coalesce(max(expires_at) > now() - interval '1 hour', false) as is_recent
    from (
      select resends, spent_at, expires_at from ${challenges}
      where channel = 'SMS' and country is not null and user_id is not null and expires_at <= now()
      order by expires_at desc limit ${count}::int
    ) as latest`)) as unknown as [Row] // a sum over nothing is a row too
  return { sent: row.sent, verified: row.verified, isRecent: row.is_recent }
}
