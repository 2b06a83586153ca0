import type { Channel, MessageView } from './message.js'

/** What has to hold of a message. The graph names kinds and statuses that no message has yet. */
export type MessageFilter = {
  status?: readonly string[]
  kind?: readonly string[]
  channel?: Channel
  userId?: string
  since?: Date
}

export type MessageQuery = { filter: MessageFilter; first: number; after: string | null }

export type MessageDirectory = {
  /** Everybody's, newest first, one more than asked for when there are more. */
  list(query: MessageQuery): Promise<MessageView[]>
}
