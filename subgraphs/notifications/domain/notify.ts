import type { Notice } from './message.js'
import type { Contact, MessageStore } from './ports.js'
import { type Route, routeOf } from './route.js'

/** What made a message necessary: the transaction it becomes true in, and the event's id. */
export type Cause<Tx> = { tx: Tx; eventId: string }

export type Notify<Tx> = (notice: Notice, cause: Cause<Tx>) => Promise<void>

type Deps<Tx> = {
  contactOf: (userId: string) => Promise<Contact | null>
  /** An address of a change of the person's; null where there is none. */
  addressOf: (userId: string, address: NonNullable<Notice['address']>) => Promise<string | null>
  /** Whether a text may be sent to a number: of a kind and a country that the operator allows (SECURITY 8.8). */
  isTextable: (number: string) => boolean
  messages: Pick<MessageStore<Tx>, 'insert'>
  /** The language nearest to what a person wants, of those that messages are written in. */
  localeFor: (wanted: string) => string
  newMessageId: () => string
}

/**
 * Writes the message that a fact calls for.
 *
 * The address is the one users has now, never one that came with the event: an account that was replaced or deleted
 * since is told nothing.
 */
export function makeNotify<Tx>(deps: Deps<Tx>): Notify<Tx> {
  const { contactOf, addressOf, isTextable, messages, localeFor, newMessageId } = deps
  const isOpen = ({ channel, recipient }: Route) => channel !== 'SMS' || isTextable(recipient)

  return async function notify(notice, { tx, eventId }) {
    const { address, via: _via, ...message } = notice
    const [contact, changed] = await Promise.all([
      contactOf(notice.userId),
      address ? addressOf(notice.userId, address) : null,
    ])
    const route = contact && routeOf({ contact, notice, changed })
    if (!route || !isOpen(route)) return

    await messages.insert(tx, {
      ...message,
      ...route,
      id: newMessageId(),
      dedupeKey: dedupeKeyOf(eventId, notice, route),
      locale: localeFor(contact.locale),
      variables: {
        ...notice.variables,
        name: contact.displayName,
        timeZone: contact.timeZone,
        // Times are told as the person's country tells them, `de-AT` in German of Austria.
        regionalLocale: contact.locale,
      },
    })
  }
}

/** One fact may call for a mail and a text of one kind. */
const dedupeKeyOf = (eventId: string, { kind }: Notice, { channel }: Route): string =>
  channel === 'EMAIL' ? `${eventId}:${kind}` : `${eventId}:${kind}:${channel}`
