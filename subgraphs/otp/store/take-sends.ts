import { type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { SendRefused, TextCounters } from '../domain/ports.js'
import type { Ceilings, TextLimits } from '../domain/text-alarm.js'
import {
  CEILING_FOR_ANYBODY,
  CEILING_SECONDS,
  SENDS,
  SENDS_FOR_ANYBODY,
  TEXTS_OF_PREFIX,
  TEXTS_OF_PREFIX_FOR_ANYBODY,
  type Window,
} from '../limits.js'
import { hasRoom, type Limit, secondsUntilFree, takeSlotWithin } from './counters.js'
import { codeSends } from './tables.js'

/** What a text is counted under besides its destination, by whom it is asked for, and whether it is a second factor. */
type Texts = TextCounters & { asker: Uint8Array; windows: readonly Window[]; isFactor: boolean }

export type Counted = { destination: Uint8Array; texts: Texts | null }

export const bytes = (value: Uint8Array): SQL => sql`${sql.param(value, codeSends.key)}::bytea`

type Counter = Limit & { key: Uint8Array; ceiling?: keyof Ceilings }

/** Of a mail all is open to everybody: no second factor goes by mail. */
const ofDestination = (texts: Texts | null): Limit => ({
  windows: SENDS,
  room: texts && !texts.isFactor ? SENDS_FOR_ANYBODY : SENDS,
})

/** In the order in which they are taken. Digests are longer than the last two keys are. */
function countersOf(texts: Texts, { perCountry, all }: Ceilings): Counter[] {
  const { prefix, country, asker, windows, isFactor } = texts
  const ofPrefix = {
    windows: TEXTS_OF_PREFIX,
    room: isFactor ? TEXTS_OF_PREFIX : TEXTS_OF_PREFIX_FOR_ANYBODY,
  }
  return [
    { key: prefix, ...ofPrefix },
    { key: asker, windows, room: windows },
    { key: Buffer.from(`texts:${country}`), ...ceilingOf(perCountry, texts), ceiling: 'perCountry' },
    { key: Buffer.from('texts'), ...ceilingOf(all, texts), ceiling: 'all' },
  ]
}

function ceilingOf(max: number, { isFactor }: Texts): Limit {
  const within = (most: number) => [{ max: most, seconds: CEILING_SECONDS }]
  return { windows: within(max), room: within(isFactor ? max : Math.ceil(max * CEILING_FOR_ANYBODY)) }
}

/**
 * Takes a send of the destination and, for a text, of all that it is counted under: each only where the one before had
 * room, so that asking again for one number uses up nothing of others. The ceilings come last, since everybody meets at their
 * rows, and are looked at first, so that what they refuse uses up nothing. `cleared` has a row where all had room.
 */
export function takeSends(destination: SQL, texts: Texts | null, { max }: TextLimits): SQL {
  const limit = ofDestination(texts)
  const counters = texts ? countersOf(texts, max) : []
  const source = sql`select key, moments from (${destination}) as asked (key, moments) where ${underCeilings(counters)}`
  const slot = sql`slot as (${takeSlotWithin(codeSends, limit, source)} returning ${secondsUntilFree(limit.room)} as seconds)`
  if (!texts) return sql`${slot}, cleared as (select seconds from slot)`

  const slots = counters.map(({ key, ...limit }, index) => {
    const before = index === 0 ? sql`slot` : slotOf(index - 1)
    const source = sql`select ${bytes(key)}, array[now()] from ${before}`
    return sql`${slotOf(index)} as (${takeSlotWithin(codeSends, limit, source)} returning 1)`
  })
  const last = slotOf(slots.length - 1)
  return sql`${slot}, ${sql.join(slots, sql`, `)}, cleared as (select seconds from slot, ${last})`
}

const slotOf = (index: number): SQL => sql.identifier(`slot_${index}`) as unknown as SQL // a name is a piece of SQL

/** Only a look: the guards on their rows decide. */
function underCeilings(counters: readonly Counter[]): SQL {
  const over = counters
    .filter(({ ceiling }) => ceiling)
    .map(({ key, room }) => sql`(counter.key = ${bytes(key)} and not ${hasRoom(room)})`)
  if (over.length === 0) return sql`true`
  return sql`not exists (select from ${codeSends} as counter where ${sql.join(over, sql` or `)})`
}

/** When the last of the counters that have no room has some again. A ceiling among them is told to whoever watches. */
export async function tooSoon(
  db: PostgresJsDatabase,
  { destination, texts }: Counted,
  { max, noteHeld }: TextLimits,
): Promise<SendRefused> {
  const counters: Counter[] = [
    { key: destination, ...ofDestination(texts) },
    ...(texts ? countersOf(texts, max) : []),
  ]
  const waits = counters.map(
    ({ key, room, ceiling }) => sql`
      select ${ceiling ?? null}::text as ceiling, ${secondsUntilFree(room)} as seconds from ${codeSends} as counter
      where key = ${bytes(key)} and not ${hasRoom(room)}`,
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
