import { readMoment } from '../../shared/identifiers/read-moment.js'
import type { MessageDirectory, MessageFilter } from './directory-ports.js'
import type { Channel } from './message.js'
import { type MaskedMessage, masked } from './read-messages.js'

type Given<Value> = Value | null | undefined

export type MessageFilterInput = {
  status?: Given<readonly string[]>
  kind?: Given<readonly string[]>
  channel?: Given<Channel>
  userId?: Given<string>
  since?: Given<string>
}

export type MessagesListed =
  | { kind: 'listed'; messages: MaskedMessage[] }
  /** This argument means nothing. */
  | { kind: 'refused'; field: string }

export type ListMessages = ReturnType<typeof makeListMessages>

type Deps = { directory: MessageDirectory; isUserId: (id: string) => boolean }

/** Everybody's messages, for staff. */
export function makeListMessages({ directory, isUserId }: Deps) {
  return async function listMessages(
    page: { first: number; after: string | null },
    input: MessageFilterInput,
  ): Promise<MessagesListed> {
    const filter = readFilter(input, isUserId)
    if (typeof filter === 'string') return { kind: 'refused', field: `filter.${filter}` }
    return { kind: 'listed', messages: (await directory.list({ ...page, filter })).map(masked) }
  }
}

/** The filter, or the name of the first field of it that means nothing. */
function readFilter(input: MessageFilterInput, isUserId: Deps['isUserId']): MessageFilter | string {
  const { status, kind, userId, since } = input
  const moment = since == null ? undefined : readMoment(since)
  if (status?.length === 0) return 'status'
  if (kind?.length === 0) return 'kind'
  if (userId != null && !isUserId(userId)) return 'userId'
  if (moment === null) return 'since'
  return filterOf(input, moment)
}

const filterOf = ({ status, kind, channel, userId }: MessageFilterInput, since?: Date): MessageFilter => ({
  ...(status && { status }),
  ...(kind && { kind }),
  ...(channel && { channel }),
  ...(userId && { userId }),
  ...(since && { since }),
})
