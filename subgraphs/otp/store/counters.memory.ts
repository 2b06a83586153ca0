import type { Window } from '../limits.js'

/** Counters in memory, with the same exact windows as those in the database. */
export type MemoryCounters = {
  /** Counts one more, if there is room; `room` is what is open to this one. */
  take(key: Uint8Array, room?: readonly Window[]): boolean
  /** Gives the newest back. */
  release(key: Uint8Array): void
  hasRoom(key: Uint8Array, room?: readonly Window[]): boolean
  secondsUntilFree(key: Uint8Array, room?: readonly Window[]): number
  deleteIdle(): void
  size(): number
}

export function createMemoryCounters(windows: readonly Window[], now: () => number): MemoryCounters {
  const moments = new Map<string, number[]>()
  const keyOf = (key: Uint8Array) => Buffer.from(key).toString('hex')
  const momentsOf = (key: Uint8Array) => moments.get(keyOf(key)) ?? []
  const freeAt = (key: Uint8Array, room: readonly Window[] = windows) =>
    Math.max(
      ...room.map(
        ({ max, seconds }) => (momentsOf(key)[max - 1] ?? Number.NEGATIVE_INFINITY) + seconds * 1000,
      ),
    )

  return {
    hasRoom: (key, room) => freeAt(key, room) <= now(),
    take(key, room) {
      if (freeAt(key, room) > now()) return false
      moments.set(keyOf(key), [now(), ...momentsOf(key)])
      return true
    },
    release: (key) => {
      moments.set(keyOf(key), momentsOf(key).slice(1))
    },
    secondsUntilFree: (key, room) => Math.max(1, Math.ceil((freeAt(key, room) - now()) / 1000)),
    deleteIdle() {
      const before = now() - Math.max(...windows.map(({ seconds }) => seconds)) * 1000
      for (const [key, [newest = Number.NEGATIVE_INFINITY]] of moments) {
        if (newest < before) moments.delete(key)
      }
    },
    size: () => moments.size,
  }
}
