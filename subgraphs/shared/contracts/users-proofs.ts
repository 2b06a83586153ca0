import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'

/** Something that was sent there came to its owner: a link was opened, or a code entered. What staff vouch for is no proof. */
export const addressProved = defineEvent(
  'user.address-proved',
  ['notifications'],
  z.object({ userId: z.string(), channel: z.enum(['EMAIL', 'SMS']), at: z.iso.datetime() }),
)
