import type { Sql } from 'postgres'

export type Row = Record<string, string | number>

/** What a measurement says, and whether the limit that it is about holds. */
export type Measured = { rows: Row[]; holds: boolean; moreTables?: Row[][] }

export type Bench = {
  title: string
  /** `owner` is for preparing rows that would take hours to make through the graph. */
  measure(owner: Sql): Promise<Measured>
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const inMs = (value: number): number => Math.round(value * 100) / 100

/** Milliseconds that something took. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}

/** Runs an act for each item, a few at a time. */
export async function inBatches<Item>(
  items: readonly Item[],
  size: number,
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    await Promise.all(items.slice(start, start + size).map(act))
  }
}

/** Microseconds of this process that something took, whatever else the machine does. */
export async function cpuOf(act: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await act()
  const { user, system } = process.cpuUsage(before)
  return user + system
}
