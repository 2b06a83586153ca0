import { type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { SendRefused, TextCounters } from '../domain/ports.js'
import type { Ceilings, TextLimits } from '../domain/text-alarm.js'
import { CEILING_SECONDS, SENDS, TEXTS_OF_PREFIX, type Window } from '../limits.js'
import { hasRoom, secondsUntilFree, takeSlot } from './counters.js'
import { codeSends } from './tables.js'

/** What a text is counted under besides its destination, and by whom it is asked for. */
type Texts = TextCounters & { asker: Uint8Array; windows: readonly Window[] }

export type Counted = { destination: Uint8Array; texts: Texts | null }

export const bytes = (value: Uint8Array): SQL => sql`${sql.param(value, codeSends.key)}::bytea`

type Counter = { key: Uint8Array; windows: readonly Window[]; ceiling?: keyof Ceilings }

/** In the order in which they are taken. Digests are longer than the last two keys are. */
function countersOf({ prefix, country, asker, windows }: Texts, { perCountry, all }: Ceilings): Counter[] {
  const within = (max: number) => [{ max, seconds: CEILING_SECONDS }]
  return [
    { key: prefix, windows: TEXTS_OF_PREFIX },
    { key: asker, windows },
    { key: Buffer.from(`texts:${country}`), windows: within(perCountry), ceiling: 'perCountry' },
    { key: Buffer.from('texts'), windows: within(all), ceiling: 'all' },
  ]
}

/**
 * Takes a send of the destination and, for a text, of all that it is counted under: each only where the one before had
 * room, so that asking again for one number uses up nothing of others. `cleared` has a row where all had.
 */
export function takeSends(destination: SQL, texts: Texts | null, { max }: TextLimits): SQL {
  const slot = sql`slot as (${takeSlot(codeSends, SENDS, destination)} returning ${secondsUntilFree(SENDS)} as seconds)`
  if (!texts) return sql`${slot}, cleared as (select seconds from slot)`

  const slots = countersOf(texts, max).map(({ key, windows }, index) => {
    const before = index === 0 ? sql`slot` : slotOf(index - 1)
    const source = sql`select ${bytes(key)}, array[now()] from ${before}`
    return sql`${slotOf(index)} as (${takeSlot(codeSends, windows, source)} returning 1)`
  })
  const last = slotOf(slots.length - 1)
  return sql`${slot}, ${sql.join(slots, sql`, `)}, cleared as (select seconds from slot, ${last})`
}

const slotOf = (index: number): SQL => sql.identifier(`slot_${index}`) as unknown as SQL // a name is a piece of SQL

/** When the last of the counters that have no room has some again. A ceiling among them is told to whoever watches. */
export async function tooSoon(
  db: PostgresJsDatabase,
  { destination, texts }: Counted,
  { max, noteHeld }: TextLimits,
): Promise<SendRefused> {
  const counters: Counter[] = [{ key: destination, windows: SENDS }, ...(texts ? countersOf(texts, max) : [])]
  const waits = counters.map(
    ({ key, windows, ceiling }) => sql`
      select ${ceiling ?? null}::text as ceiling, ${secondsUntilFree(windows)} as seconds from ${codeSends} as counter
      where key = ${bytes(key)} and not ${hasRoom(windows)}`,
  )
  const rows = await db.execute<{ ceiling: keyof Ceilings | null; seconds: number }>(
    sql.join(waits, sql` union all `),
  )
  for (const { ceiling } of rows) {
    if (ceiling && texts) noteHeld({ ceiling, country: ceiling === 'all' ? null : texts.country })
  }
  return refused('RATE_LIMITED', Math.max(1, ...rows.map(({ seconds }) => seconds)))
}

export const refused = (reason: SendRefused['reason'], retryAfter: number | null = null): SendRefused => ({
  kind: 'refused',
  reason,
  retryAfter,
})
