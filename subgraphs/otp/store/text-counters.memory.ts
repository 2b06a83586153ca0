import type { NewChallenge } from '../domain/ports.js'
import type { Ceilings } from '../domain/text-alarm.js'
import {
  CEILING_SECONDS,
  SENDS,
  TEXTS_OF_NETWORK,
  TEXTS_OF_PREFIX,
  TEXTS_OF_STAFF,
  type Window,
} from '../limits.js'
import { createMemoryCounters, type MemoryCounters } from './counters.memory.js'

type Texts = NonNullable<NewChallenge['texts']> | { prefix: Uint8Array; country: string; staff: Uint8Array }
type Send = { destination: Uint8Array; texts: Texts | null }

/** What sends are counted under, in the order of the store in PostgreSQL: each only where the one before had room. */
export function createMemorySends({ perCountry, all }: Ceilings, now: () => number) {
  const make = (windows: readonly Window[]) => createMemoryCounters(windows, now)
  const within = (max: number) => make([{ max, seconds: CEILING_SECONDS }])
  const destinations = make(SENDS)
  const [prefixes, networks, staff] = [make(TEXTS_OF_PREFIX), make(TEXTS_OF_NETWORK), make(TEXTS_OF_STAFF)]
  const [countries, total] = [within(perCountry), within(all)]

  const countersOf = ({ destination, texts }: Send): [MemoryCounters, Uint8Array][] => [
    [destinations, destination],
    ...(texts ? countersOfText(texts) : []),
  ]
  const countersOfText = (texts: Texts): [MemoryCounters, Uint8Array][] => [
    [prefixes, texts.prefix],
    'staff' in texts ? [staff, texts.staff] : [networks, texts.network],
    [countries, Buffer.from(texts.country)],
    [total, Buffer.from('')],
  ]

  return {
    take: (send: Send) => countersOf(send).every(([counters, key]) => counters.take(key)),
    secondsUntilFree: (send: Send) =>
      Math.max(...countersOf(send).map(([counters, key]) => counters.secondsUntilFree(key))),
    ofDestination: (destination: Uint8Array) => destinations.secondsUntilFree(destination),
    all: [destinations, prefixes, networks, staff, countries, total],
  }
}
