import { canRead } from './can-read.js'
import { groupBy } from './group-by.js'
import { maskAddress } from './mask-address.js'
import type { AttemptView, MessageView } from './message.js'
import type { MessageStore } from './ports.js'

type Store = Pick<MessageStore<never>, 'listByUser' | 'findMany' | 'listAttempts'>
type Reader = Parameters<typeof canRead>[0]

/** A message as it leaves this subgraph: the address itself stays inside. */
export type MaskedMessage = Omit<MessageView, 'recipient'> & { recipientMasked: string }

export type ReadMessages = ReturnType<typeof makeReadMessages>

/** What the graph shows of messages. */
export function makeReadMessages(store: Store) {
  return {
    async listByUser(...args: Parameters<Store['listByUser']>): Promise<MaskedMessage[]> {
      return (await store.listByUser(...args)).map(masked)
    },

    /** In the order of `ids`; null for one that is not there or not the reader's, which look the same. */
    async findMany(ids: readonly string[], reader: Reader): Promise<(MaskedMessage | null)[]> {
      const found = new Map((await store.findMany(ids)).map((message) => [message.id, message]))
      return ids.map((id) => {
        const message = found.get(id)
        return message && canRead(reader, message) ? masked(message) : null
      })
    },

    async listAttempts(messageIds: readonly string[]): Promise<AttemptView[][]> {
      const attempts = groupBy(await store.listAttempts(messageIds), ({ messageId }) => messageId)
      return messageIds.map((id) => attempts.get(id) ?? [])
    },
  }
}

export const masked = ({ recipient, ...message }: MessageView): MaskedMessage => ({
  ...message,
  recipientMasked: maskAddress(recipient),
})
