import type { ClaimedMessage } from './message.js'
import type { Address, SuppressionStore } from './ports.js'
import type { Preferences, Refusable } from './preferences.js'
import { provesAddress } from './route.js'
import { isComplainedOf, isUnreachable } from './suppression.js'

type Stoppable = Pick<ClaimedMessage, 'id' | 'userId' | 'kind' | 'channel' | 'recipient' | 'refusedBy'>

export type IsStopped = (message: Stoppable) => Promise<boolean>

type Deps = {
  suppressions: Pick<SuppressionStore, 'listReasons' | 'takeProof'>
  preferencesOf: (userId: string) => Promise<Preferences>
}

/**
 * Whether a message is not to be handed over.
 *
 * What its person has switched off since it was written stays here: it may have waited for the end of their quiet hours, or for an
 * operator. A complaint stops what may be refused; mail about security goes all the same. What takes nothing gets nothing, but for one
 * message a day that would prove it: a mailbox that is there again is its owner's way back in.
 */
export function makeIsStopped({ suppressions, preferencesOf }: Deps): IsStopped {
  return async function isStopped({ id, userId, kind, channel, recipient, refusedBy }) {
    if (userId !== null && isAskedAgain(refusedBy) && !(await preferencesOf(userId))[refusedBy]) return true

    const address: Address = { channel, address: recipient }
    const reasons = await suppressions.listReasons(address)
    if (isComplainedOf(reasons, { isRefusable: refusedBy !== null })) return true
    if (!isUnreachable(reasons)) return false
    return !(provesAddress(kind) && (await suppressions.takeProof(address, id)))
  }
}

/** Whoever signs in with what they stole may switch alerts off before the one of their own sign-in has left: that one goes. */
const isAskedAgain = (refusedBy: Refusable | null): refusedBy is Exclude<Refusable, 'loginAlerts'> =>
  refusedBy !== null && refusedBy !== 'loginAlerts'
