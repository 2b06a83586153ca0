import DataLoader from 'dataloader'
import {
  type RequestContext,
  requestContext,
  type SubgraphRequest,
} from '../shared/graphql/request-context.js'
import type { AttemptView } from './domain/message.js'
import type { MaskedMessage, ReadMessages } from './domain/read-messages.js'

export type NotificationsContext = RequestContext & {
  notifications: Pick<ReadMessages, 'listByUser'>
  /** However many a request names: one statement. Each gives only what the request's viewer may read. */
  messages: DataLoader<string, MaskedMessage | null>
  attempts: DataLoader<string, AttemptView[]>
}

export const notificationsContext =
  (readMessages: ReadMessages) =>
  (request: SubgraphRequest): NotificationsContext => {
    const context = requestContext(request)
    return {
      ...context,
      notifications: readMessages,
      messages: new DataLoader((ids) => readMessages.findMany(ids, context.viewer)),
      attempts: new DataLoader((ids) => readMessages.listAttempts(ids)),
    }
  }
