import { destinationOf } from '../shared/identifiers/destination.js'
import { mask } from '../shared/identifiers/mask.js'
import type { Digests } from './digests.js'
import type { FactorNumber } from './domain/factor-ports.js'

/** What is kept of a number: its digest as a destination, which a challenge for it has too, and what its owner is shown. */
export function factorNumber(digestOf: Pick<Digests, 'destination'>, value: string): FactorNumber {
  const number = { kind: 'phoneNumber', value } as const
  return { digest: digestOf.destination(destinationOf(number)), masked: mask(number) ?? '' }
}
