import { destinationOf } from '../../shared/identifiers/destination.js'
import {
  MAILS_TO_RECIPIENT,
  SENDS_OF_CLIENT,
  TEXTS_OF_CLIENT,
  TEXTS_TO_PREFIX,
  TEXTS_TO_RECIPIENT,
  textsOfServices,
} from '../limits.js'
import type { Channel } from './message.js'
import type { SendLimit } from './sending-ports.js'

type Counted = {
  channel: Channel
  senderId: string
  address: string
  textsAnHour: number
  digestOf: (...parts: unknown[]) => Uint8Array
}

/** Who differs from a number in its last four digits alone. */
const LAST_DIGITS = 4

/**
 * What a send is counted by, in the order in which it is counted: what is one service's own first, then whom it is for, and
 * last what all share, so that a service which is refused for a mailbox takes nothing from the rest.
 */
export function limitsOf({ channel, senderId, address, textsAnHour, digestOf }: Counted): SendLimit[] {
  const client = { key: digestOf('client', senderId), bucket: SENDS_OF_CLIENT }
  const buckets = channel === 'EMAIL' ? MAILS_TO_RECIPIENT : TEXTS_TO_RECIPIENT
  const to = destinationOf({ kind: channel === 'EMAIL' ? 'email' : 'phoneNumber', value: address })
  const recipient = buckets.map((bucket, index) => ({ key: digestOf('to', to, index), bucket }))
  if (channel === 'EMAIL') return [client, ...recipient]
  return [
    client,
    { key: digestOf('texts', senderId), bucket: TEXTS_OF_CLIENT },
    ...recipient,
    { key: digestOf('prefix', address.slice(0, -LAST_DIGITS)), bucket: TEXTS_TO_PREFIX },
    { key: digestOf('texts'), bucket: textsOfServices(textsAnHour) },
  ]
}
