import type { NewChallenge } from '../domain/ports.js'
import type { Ceilings } from '../domain/text-alarm.js'
import {
  CEILING_FOR_ANYBODY,
  CEILING_SECONDS,
  SENDS,
  SENDS_FOR_ANYBODY,
  TEXTS_OF_NETWORK,
  TEXTS_OF_PERSON,
  TEXTS_OF_PREFIX,
  TEXTS_OF_PREFIX_FOR_ANYBODY,
  TEXTS_OF_STAFF,
  type Window,
} from '../limits.js'
import { createMemoryCounters, type MemoryCounters } from './counters.memory.js'

type Texts = NonNullable<NewChallenge['texts']> | { prefix: Uint8Array; country: string; staff: Uint8Array }
type Send = {
  destination: Uint8Array
  texts: Texts | null
  flow: string | null
  subject?: Uint8Array
}
type Counter = { counters: MemoryCounters; key: Uint8Array; room?: readonly Window[] }

/** Whose second factor it is, who is its subject; null for what anybody can have sent. */
const personOf = ({ flow, subject }: Send) => (flow === null ? null : (subject ?? null))

/** What sends are counted under, in the order of the store in PostgreSQL: each only where the one before had room. */
export function createMemorySends({ perCountry, all }: Ceilings, now: () => number) {
  const make = (windows: readonly Window[]) => createMemoryCounters(windows, now)
  const within = (max: number) => [{ max, seconds: CEILING_SECONDS }]
  const destinations = make(SENDS)
  const prefixes = make(TEXTS_OF_PREFIX)
  const [networks, persons, staff] = [make(TEXTS_OF_NETWORK), make(TEXTS_OF_PERSON), make(TEXTS_OF_STAFF)]
  const [countries, total] = [make(within(perCountry)), make(within(all))]

  const ofDestination = (send: Send): Counter => ({
    ...{ counters: destinations, key: send.destination },
    room: send.texts && !personOf(send) ? SENDS_FOR_ANYBODY : SENDS,
  })
  const askerOf = (texts: Texts, person: Uint8Array | null): Counter => {
    if (person) return { counters: persons, key: person }
    return 'staff' in texts
      ? { counters: staff, key: texts.staff }
      : { counters: networks, key: texts.network }
  }
  const ceilingsOf = (send: Send): Counter[] => {
    const { texts } = send
    const share = personOf(send) ? 1 : CEILING_FOR_ANYBODY
    const open = (max: number) => within(Math.ceil(max * share))
    return texts
      ? [
          { counters: countries, key: Buffer.from(texts.country), room: open(perCountry) },
          { counters: total, key: Buffer.from(''), room: open(all) },
        ]
      : []
  }
  const countersOf = (send: Send): Counter[] => {
    const [{ texts }, person] = [send, personOf(send)]
    const room = person ? TEXTS_OF_PREFIX : TEXTS_OF_PREFIX_FOR_ANYBODY
    const ofText = texts && [{ counters: prefixes, key: texts.prefix, room }, askerOf(texts, person)]
    return [ofDestination(send), ...(ofText ?? []), ...ceilingsOf(send)]
  }
  const secondsUntilFree = ({ counters, key, room }: Counter) => counters.secondsUntilFree(key, room)

  return {
    take: (send: Send) =>
      ceilingsOf(send).every(({ counters, key, room }) => counters.hasRoom(key, room)) &&
      countersOf(send).every(({ counters, key, room }) => counters.take(key, room)),
    secondsUntilFree: (send: Send) => Math.max(...countersOf(send).map(secondsUntilFree)),
    ofDestination: (send: Send) => secondsUntilFree(ofDestination(send)),
    all: [destinations, prefixes, networks, persons, staff, countries, total],
  }
}
