import type { Notice } from './message.js'
import type { Contact, MessageStore } from './ports.js'

/** What made a message necessary: the transaction it becomes true in, and the event's id. */
export type Cause<Tx> = { tx: Tx; eventId: string }

export type Notify<Tx> = (notice: Notice, cause: Cause<Tx>) => Promise<void>

type Deps<Tx> = {
  contactOf: (userId: string) => Promise<Contact | null>
  /** An address of a change of the person's; null where there is none. */
  addressOf: (userId: string, address: NonNullable<Notice['address']>) => Promise<string | null>
  messages: Pick<MessageStore<Tx>, 'insert'>
  localeFor: (template: string, wanted: string) => string
  newMessageId: () => string
}

/**
 * Writes the message that a fact calls for.
 *
 * The address is the one users has now, never one that came with the event: an account that was replaced or deleted
 * since is told nothing.
 */
export function makeNotify<Tx>(deps: Deps<Tx>): Notify<Tx> {
  const { contactOf, addressOf, messages, localeFor, newMessageId } = deps

  return async function notify({ address, ...notice }, { tx, eventId }) {
    const [contact, changed] = await Promise.all([
      contactOf(notice.userId),
      address ? addressOf(notice.userId, address) : null,
    ])
    const recipient = address ? changed : contact?.email
    if (!contact || !recipient) return

    await messages.insert(tx, {
      ...notice,
      id: newMessageId(),
      dedupeKey: `${eventId}:${notice.kind}`,
      channel: 'EMAIL',
      recipient,
      locale: localeFor(notice.template, contact.locale),
      variables: { ...notice.variables, name: contact.displayName, timeZone: contact.timeZone },
    })
  }
}
