import { codeArrived } from '../../shared/contracts/otp-proofs.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { onEvents } from '../../shared/events/subscription.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { Contact, Proof, SuppressionStore } from '../domain/ports.js'

type Deps = {
  contactsOf: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Contact>>
  suppressions: Pick<SuppressionStore<Transaction>, 'lift'>
}

/**
 * A code that was entered had arrived: at the address that it was made for, if that is its person's still. What a bounce has
 * stopped there before goes again, a complaint stays.
 */
export const onCodeArrived = ({ contactsOf, suppressions }: Deps) =>
  onEvents(codeArrived, async (events, tx) => {
    const contacts = await contactsOf(events.map(({ payload }) => payload.userId))
    const proofs = events.flatMap(({ payload }): Proof[] => {
      const { userId, channel, challengeId, at } = payload
      const contact = contacts.get(userId)
      const address = channel === 'EMAIL' ? contact?.email : contact?.phoneNumber
      const isIts = address && addressDigest(challengeId, address) === payload.addressDigest
      return isIts ? [{ channel, address, at: new Date(at) }] : []
    })
    await suppressions.lift(tx, proofs)
  })
