import { messages } from './tables.js'

/** What of a row is shown. */
export const messageView = {
  id: messages.id,
  userId: messages.userId,
  kind: messages.kind,
  channel: messages.channel,
  status: messages.status,
  recipient: messages.recipient,
  template: messages.template,
  locale: messages.locale,
  createdAt: messages.createdAt,
  sentAt: messages.sentAt,
}
