import type { ClaimedMessage } from './message.js'
import type { Address, SuppressionStore } from './ports.js'
import { provesAddress } from './route.js'
import { UNREACHABLE } from './suppression.js'

type Stoppable = Pick<ClaimedMessage, 'id' | 'kind' | 'channel' | 'recipient' | 'refusedBy'>

export type IsStopped = (message: Stoppable) => Promise<boolean>

type Deps = { suppressions: Pick<SuppressionStore, 'listReasons' | 'takeProof'> }

/**
 * Whether a message is not to be handed over.
 *
 * A complaint stops what may be refused; mail about security goes all the same. What takes nothing gets nothing, but for one
 * message a day that would prove it: a mailbox that is there again is its owner's way back in.
 */
export function makeIsStopped({ suppressions }: Deps): IsStopped {
  return async function isStopped({ id, kind, channel, recipient, refusedBy }) {
    const address: Address = { channel, address: recipient }
    const reasons = await suppressions.listReasons(address)
    if (refusedBy !== null && reasons.includes('COMPLAINT')) return true
    if (!reasons.some((reason) => UNREACHABLE.includes(reason))) return false
    return !(provesAddress(kind) && (await suppressions.takeProof(address, id)))
  }
}
