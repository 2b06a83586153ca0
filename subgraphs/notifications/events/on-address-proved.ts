import { addressProved } from '../../shared/contracts/users-proofs.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvent } from '../../shared/events/subscription.js'
import type { Contact, SuppressionStore } from '../domain/ports.js'

type Deps = {
  contactOf: (userId: string) => Promise<Contact | null>
  suppressions: Pick<SuppressionStore<Transaction>, 'lift'>
}

/** Something arrived there: what an earlier bounce has stopped goes again. */
export const onAddressProved = ({ contactOf, suppressions }: Deps) =>
  onEvent(addressProved, async ({ userId, channel, at }, tx) => {
    const contact = await contactOf(userId)
    const address = channel === 'EMAIL' ? contact?.email : contact?.phoneNumber
    if (address) await suppressions.lift(tx, [{ channel, address, at: new Date(at) }])
  })
