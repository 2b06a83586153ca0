import { partErased } from '../../shared/contracts/erasure.js'
import { onEvent } from '../../shared/events/subscription.js'
import { keepReceipt } from '../store/deletion-receipts.js'

/** The receipt of a subgraph that has erased its part of an account. */
export const onPartErased = onEvent(partErased, (receipt, tx) => keepReceipt(tx, receipt))
