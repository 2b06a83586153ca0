import { type SQL, sql } from 'drizzle-orm'
import type { Window } from '../limits.js'
import type { CounterTable } from './tables.js'

/**
 * When the row `counter` has room again: its n-th last moment must have left each window of n. Exact for every
 * stretch of time, where counting from the start of an hour would let two hours' worth through at its end.
 */
const freeAt = (windows: readonly Window[]): SQL => {
  const ends = windows.map(
    ({ max, seconds }) => sql`counter.moments[${max}::int] + make_interval(secs => ${seconds}::int)`,
  )
  return sql`coalesce(greatest(${sql.join(ends, sql`, `)}), '-infinity')`
}

/** Whether the row `counter` has room. */
export const hasRoom = (windows: readonly Window[]): SQL => sql`(${freeAt(windows)} <= now())`

/** Whole seconds until the row `counter` has room, never less than one. */
export const secondsUntilFree = (windows: readonly Window[]): SQL =>
  sql`greatest(1, ceil(extract(epoch from ${freeAt(windows)} - now())))::int`

/** `room` is what of the windows is open to this one, where a part is kept for others. */
export type Limit = { windows: readonly Window[]; room: readonly Window[] }

/**
 * Counts one more under the key that `source` selects, if it has room. The guard stands on the row the upsert has
 * locked, so callers who race are counted one after the other (SECURITY 7.3). Nothing is returned when there is no room.
 */
export function takeSlot(table: CounterTable, windows: readonly Window[], source: SQL): SQL {
  return takeSlotWithin(table, { windows, room: windows }, source)
}

/** The same of a limit that is not open to everybody alike. As many moments are kept, whoever takes a slot. */
export function takeSlotWithin(table: CounterTable, { windows, room }: Limit, source: SQL): SQL {
  const kept = Math.max(...windows.map(({ max }) => max)) - 1
  return sql`
    insert into ${table} as counter (key, moments) ${source}
    on conflict (key) do update set moments = array_prepend(now(), counter.moments[1:${kept}::int])
      where ${hasRoom(room)}`
}

/** Drops rows that limit nothing any more. */
export function deleteIdle(table: CounterTable, windows: readonly Window[]): SQL {
  const longest = Math.max(...windows.map(({ seconds }) => seconds))
  return sql`
    delete from ${table}
    where coalesce(moments[1], '-infinity') < now() - make_interval(secs => ${longest}::int)`
}
