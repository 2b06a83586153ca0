import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'
import { SUBGRAPH_NAMES } from './subgraph-names.js'

/** A receipt: a subgraph has erased what it held of a deleted account. */
export const partErased = defineEvent(
  'user.part-erased',
  ['users'],
  z.object({
    userId: z.string(),
    subgraph: z.enum(SUBGRAPH_NAMES),
    /** The round of `user.deleted` that this answers. */
    round: z.number().int().min(1),
    /** How many records it held. */
    records: z.number().int().min(0),
  }),
)
