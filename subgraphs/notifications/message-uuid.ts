import { idToUuid } from '../shared/ids/type-id.js'

/** What a message is known by outside: its Message-ID, its job in the queue, and the key that a provider counts it by. */
export function messageUuid(id: string): string {
  const uuid = idToUuid('ntf', id)
  // Ids of messages are made here alone.
  if (uuid === null) throw new TypeError('not the id of a message')
  return uuid
}
