import DataLoader from 'dataloader'
import {
  type RequestContext,
  requestContext,
  type SubgraphRequest,
} from '../shared/graphql/request-context.js'
import type { makeChangePreferences } from './domain/change-preferences.js'
import type { ListMessages } from './domain/list-messages.js'
import type { AttemptView } from './domain/message.js'
import type { PreferenceStore } from './domain/ports.js'
import type { Preferences } from './domain/preferences.js'
import type { MaskedMessage, ReadMessages } from './domain/read-messages.js'
import type { makeRemoveSuppression } from './domain/remove-suppression.js'
import type { makeRetryMessage } from './domain/retry-message.js'
import type { SendMessage } from './domain/send-message.js'
import type { TemplateKey, TemplateView } from './domain/template-ports.js'
import type { makeUnsubscribe } from './domain/unsubscribe.js'
import type { Templates } from './wording.js'

export type NotificationsContext = RequestContext & {
  notifications: Pick<ReadMessages, 'listByUser'> & {
    listMessages: ListMessages
    changePreferences: ReturnType<typeof makeChangePreferences>
    retryMessage: ReturnType<typeof makeRetryMessage>
    sendMessage: SendMessage
    removeSuppression: ReturnType<typeof makeRemoveSuppression>
    unsubscribe: ReturnType<typeof makeUnsubscribe>
  }
  templates: Templates
  /** However many a request names: one statement. Each gives only what the request's viewer may read. */
  messages: DataLoader<string, MaskedMessage | null>
  attempts: DataLoader<string, AttemptView[]>
  preferences: DataLoader<string, Preferences>
  templatesByKey: DataLoader<TemplateKey, TemplateView | null, string>
}

type Parts = {
  readMessages: ReadMessages
  listMessages: ListMessages
  changePreferences: ReturnType<typeof makeChangePreferences>
  preferences: Pick<PreferenceStore, 'findMany'>
  retryMessage: ReturnType<typeof makeRetryMessage>
  sendMessage: SendMessage
  templates: Templates
  removeSuppression: ReturnType<typeof makeRemoveSuppression>
  unsubscribe: ReturnType<typeof makeUnsubscribe>
}

export const notificationsContext =
  ({ readMessages, preferences, templates, ...acts }: Parts) =>
  (request: SubgraphRequest): NotificationsContext => {
    const context = requestContext(request)
    return {
      ...context,
      templates,
      notifications: { listByUser: readMessages.listByUser, ...acts },
      messages: new DataLoader((ids) => readMessages.findMany(ids, context.viewer)),
      attempts: new DataLoader((ids) => readMessages.listAttempts(ids)),
      preferences: new DataLoader((ids) => preferences.findMany(ids)),
      templatesByKey: new DataLoader((keys) => templates.findMany(keys), {
        cacheKeyFn: ({ name, locale }) => `${locale}/${name}`,
      }),
    }
  }
