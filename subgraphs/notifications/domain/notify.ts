import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { Notice } from './message.js'
import { openWay, type WayDeps } from './open-way.js'
import type { Contact, MessageStore } from './ports.js'
import type { Preferences } from './preferences.js'
import { quietUntil } from './quiet-hours.js'
import { type Route, waysOf } from './route.js'
import { urgencyOf } from './urgency.js'

/** What made a message necessary: the transaction it becomes true in, and the event's id. */
export type Cause<Tx> = { tx: Tx; eventId: string }

export type Notify<Tx> = (notice: Notice, cause: Cause<Tx>) => Promise<void>

type Deps<Tx> = WayDeps<Tx> & {
  contactOf: (userId: string) => Promise<Contact | null>
  /** An address of a change of the person's; null where there is none. */
  addressOf: (userId: string, address: NonNullable<Notice['address']>) => Promise<string | null>
  /** Whether a text may be sent to a number: of a kind and a country that the operator allows (SECURITY 8.8). */
  isTextable: (number: string) => boolean
  messages: Pick<MessageStore<Tx>, 'insert'>
  /** Within the transaction, which has its connection: one more for each would be more than there are. */
  preferencesOf: (tx: Tx, userId: string) => Promise<Preferences>
  /** The language nearest to what a person wants, of those that messages are written in. */
  localeFor: (wanted: string) => string
  newMessageId: () => string
  /** When an event was recorded, by its id. */
  timeOf: (eventId: string) => Date | null
  now: () => Date
}

/**
 * Writes the message that a fact calls for.
 *
 * The address is the one users has now, never one that came with the event: an account that was replaced or deleted
 * since is told nothing. A code is for one address besides: its grant is worth something to who holds that one, so whoever puts
 * another in its place meanwhile gets no code there (SECURITY 8.6).
 */
export function makeNotify<Tx>(deps: Deps<Tx>): Notify<Tx> {
  const { contactOf, preferencesOf, messages, localeFor, newMessageId, timeOf, now } = deps

  return async function notify(notice, { tx, eventId }) {
    const { address: _address, boundTo: _boundTo, via: _via, mayWait = false, ...message } = notice
    const { refusedBy } = notice
    const preferences = await preferencesOf(tx, notice.userId)
    if (refusedBy && !preferences[refusedBy]) return

    const contact = await contactOf(notice.userId)
    const route = contact && (await routeFor(deps, notice, { contact, preferences, tx }))
    if (!route) return

    await messages.insert(tx, {
      ...message,
      ...route,
      id: newMessageId(),
      dedupeKey: dedupeKeyOf(eventId, notice, route),
      urgency: urgencyOf(notice.kind),
      locale: localeFor(contact.locale),
      notBefore: mayWait ? endOfQuiet(preferences, contact, now()) : null,
      causedAt: timeOf(eventId),
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

type Person<Tx> = { contact: Contact; preferences: Preferences; tx: Tx }

/** Where a notice goes; null where there is no way, or none that is open. */
async function routeFor<Tx>(deps: Deps<Tx>, notice: Notice, person: Person<Tx>): Promise<Route | null> {
  const { contact, preferences, tx } = person
  const changed = notice.address ? await deps.addressOf(notice.userId, notice.address) : null
  const canText = contact.phoneNumber !== null && deps.isTextable(contact.phoneNumber)
  const prefersSms = preferences.preferredChannel === 'SMS' && canText
  const mayGo = (way: Route) => way.channel === 'EMAIL' || deps.isTextable(way.recipient)

  const ways = waysOf({ contact, notice, changed, prefersSms }).filter((way) => isBoundTo(notice, way))
  const open = ways.filter(mayGo)
  return notice.via === 'EITHER' ? openWay(deps, notice, { ways: open, tx }) : (open[0] ?? null)
}

const isBoundTo = ({ boundTo }: Notice, { recipient }: Route): boolean =>
  !boundTo || addressDigest(boundTo.salt, recipient) === boundTo.digest

export const endOfQuiet = ({ quietHours }: Preferences, { timeZone }: Contact, now: Date): Date | null =>
  quietHours && quietUntil(now, quietHours, timeZone)

/** One fact may call for a mail and a text of one kind. */
const dedupeKeyOf = (eventId: string, { kind }: Notice, { channel }: Route): string =>
  channel === 'EMAIL' ? `${eventId}:${kind}` : `${eventId}:${kind}:${channel}`
