import type { Channel, Notice } from './message.js'
import type { Contact } from './ports.js'

export type Route = { channel: Channel; recipient: string }

/** `changed` is an address of a change, where the notice is about one. */
type Given = {
  contact: Contact
  notice: Pick<Notice, 'via' | 'kind' | 'address'>
  changed: string | null
  /** The person would rather have a text, and may be sent one. */
  prefersSms: boolean
}

/** Where a notice leads: one way, or for one that may go either way both that are proved, the better first. */
export function waysOf(given: Given): Route[] {
  const { contact, notice } = given
  const first = routeOf(given)
  if (!first || notice.via !== 'EITHER' || notice.address) return first ? [first] : []
  const channel = first.channel === 'EMAIL' ? 'SMS' : 'EMAIL'
  const recipient = provedIn(contact, channel)
  return recipient === null ? [first] : [first, { channel, recipient }]
}

/** Which way a notice goes, and where that leads; null where it leads nowhere. */
function routeOf({ contact, notice, changed, prefersSms }: Given): Route | null {
  const via = notice.via ?? 'EMAIL'
  const channel = channelOf(via, contact, prefersSms)
  if (via === 'PROVED_EMAIL' && !contact.emailVerified) return null
  const recipient = notice.address ? changed : addressIn(contact, channel, notice.kind)
  return recipient ? { channel, recipient } : null
}

/** A mail costs nothing and cannot be taken over with a SIM card; a proved number goes before it where its owner says so. */
function channelOf(via: NonNullable<Notice['via']>, contact: Contact, prefersSms: boolean): Channel {
  const { email, emailVerified, phoneNumberVerified } = contact
  if (via === 'EITHER' && prefersSms && phoneNumberVerified) return 'SMS'
  if (via === 'EITHER') return email && emailVerified ? 'EMAIL' : 'SMS'
  if (via === 'WHERE_REACHED') return email ? 'EMAIL' : 'SMS'
  return via === 'SMS' ? 'SMS' : 'EMAIL'
}

const provedIn = (contact: Contact, channel: Channel): string | null => {
  if (channel === 'EMAIL') return contact.emailVerified ? contact.email : null
  return contact.phoneNumberVerified ? contact.phoneNumber : null
}

/** What proves the number of who gets it. */
const PROVES_NUMBER: readonly Notice['kind'][] = ['PHONE_VERIFICATION', 'INVITATION']

/** Links and codes by which a mailbox is proved; where a password is set anew, passwords has looked whose the address is. */
const TO_UNPROVED: ReadonlySet<Notice['kind']> = new Set([
  'WELCOME',
  'INVITATION',
  'EMAIL_VERIFICATION',
  'OTP',
  'PASSWORD_RESET',
])

/** What is sent to find out whether an address is its owner's, or to let them in by that. */
export const provesAddress = (kind: Notice['kind']): boolean =>
  TO_UNPROVED.has(kind) || PROVES_NUMBER.includes(kind)

/** What was not proved may be a stranger's, and is written to only to prove it (SECURITY 8.6). */
function addressIn(contact: Contact, channel: Channel, kind: Notice['kind']): string | null {
  const provesIt = channel === 'EMAIL' ? TO_UNPROVED.has(kind) : PROVES_NUMBER.includes(kind)
  if (!provesIt) return provedIn(contact, channel)
  return channel === 'EMAIL' ? contact.email : contact.phoneNumber
}
