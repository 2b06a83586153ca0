import { destinationOf } from '../../shared/identifiers/destination.js'
import { countryOf } from '../../shared/identifiers/phone-number.js'
import { prefixOf } from './number-prefix.js'
import type { ChallengeDeps } from './open-challenge.js'
import type { CodeStore, SendRefused } from './ports.js'

type Deps = Pick<ChallengeDeps, 'digestOf'> & { codes: Pick<CodeStore, 'takeText'> }

/**
 * Counts a text of another subgraph's with those of codes: to its number, prefix and country and in all, and by the member
 * of staff who has it sent. Their network is the office's: by it a sixth invitation in an hour would be refused to anybody there.
 */
export function makeCountText({ digestOf, codes }: Deps) {
  return function countText({
    phoneNumber,
    staffId,
  }: {
    phoneNumber: string
    staffId: string
  }): Promise<{ kind: 'counted' } | SendRefused> {
    return codes.takeText({
      destination: digestOf.destination(destinationOf({ kind: 'phoneNumber', value: phoneNumber })),
      prefix: digestOf.destination(prefixOf(phoneNumber)),
      country: countryOf(phoneNumber) ?? '',
      staff: digestOf.destination(`staff:${staffId}`),
    })
  }
}
