import { ITSELF } from '../../shared/audit/act.js'
import { addressProved } from '../../shared/contracts/passwords.js'
import { onEvent } from '../../shared/events/subscription.js'
import { proveAddress } from '../store/prove-address.js'

/** What the call `proveAddress` has done already, unless passwords died before it. */
export const onAddressProved = onEvent(addressProved, (proof, tx) => proveAddress(tx, proof, ITSELF))
