import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import type { Channel } from './message.js'
import type { Address, Contact } from './ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.js'
import { isComplainedOf, isUnreachable, type SuppressionReason } from './suppression.js'

export type Recipient = {
  /** Null where an address was named. */
  userId: string | null
  address: string
  contact: Contact | null
  preferences: Preferences
}

type Person = Omit<Recipient, 'address'> & { contact: Contact }

type Found = { kind: 'found'; recipient: Recipient } | { kind: 'refused'; problem: Problem }

type Named = { userId?: string | null | undefined; to?: string | null | undefined; kind: string }

export type FindRecipient = (channel: Channel, named: Named) => Promise<Found>

type Deps = {
  isUserId: (id: string) => boolean
  contactOf: (userId: string) => Promise<Contact | null>
  preferencesOf: (userId: string) => Promise<Preferences>
  /** Whether a text may be sent to a number: of a kind and a country that the operator allows (SECURITY 8.8). */
  isTextable: (number: string) => boolean
  reasonsOf: (address: Address) => Promise<SuppressionReason[]>
}

/**
 * Whom a service means: a person, at the address that users knows as theirs, or an address that it names (SECURITY 9.1).
 *
 * Where nothing would be handed over to a person the service is told so at once. Of an address that it names it is not: what is known
 * of one comes from messages to people, mostly, and whoever could ask as often as they like would learn whose they are.
 */
export function makeFindRecipient({
  isUserId,
  contactOf,
  preferencesOf,
  isTextable,
  reasonsOf,
}: Deps): FindRecipient {
  const problemOf = (channel: Channel, address: string | null): UserErrorCode | null => {
    if (channel === 'EMAIL') return address === null ? 'INVALID_EMAIL' : null
    return address !== null && isTextable(address) ? null : 'INVALID_PHONE'
  }

  return async function findRecipient(channel, { userId, to, kind }) {
    if (userId == null && to == null) return refused('REQUIRED', 'to')
    if (userId == null) return atAddress(channel, to ?? '', kind)
    // Both could mean two people.
    return to == null ? ofPerson(channel, userId, kind) : refused('INVALID', 'to')
  }

  function atAddress(channel: Channel, to: string, kind: string): Found {
    // News are for those who asked for them, and an address has asked for nothing.
    if (kind === 'PRODUCT_NEWS') return refused('REQUIRED', 'userId')
    const address = channel === 'EMAIL' ? normalizeEmail(to) : normalizePhoneNumber(to)
    const problem = problemOf(channel, address)
    if (problem || address === null) return refused(problem ?? 'INVALID', 'to')
    return found({ userId: null, address, contact: null, preferences: DEFAULT_PREFERENCES })
  }

  async function ofPerson(channel: Channel, userId: string, kind: string): Promise<Found> {
    const contact = isUserId(userId) ? await contactOf(userId) : null
    if (!contact) return refused('NOT_FOUND', 'userId')
    const preferences = await preferencesOf(userId)
    if (kind === 'PRODUCT_NEWS' && !preferences.productNews) return refused('SUPPRESSED', 'userId')
    return atProved(channel, kind, { userId, contact, preferences })
  }

  async function atProved(channel: Channel, kind: string, person: Person): Promise<Found> {
    const address = provedAddress(person.contact, channel)
    if (address === null) return refused('VERIFICATION_REQUIRED', 'userId')
    const problem = problemOf(channel, address)
    if (problem) return refused(problem, 'userId')
    const reasons = await reasonsOf({ channel, address })
    const isStopped =
      isUnreachable(reasons) || isComplainedOf(reasons, { isRefusable: kind === 'PRODUCT_NEWS' })
    return isStopped ? refused('SUPPRESSED', 'userId') : found({ ...person, address })
  }
}

/** What was not proved may be a stranger's (SECURITY 8.6). */
function provedAddress(contact: Contact, channel: Channel): string | null {
  if (channel === 'EMAIL') return contact.emailVerified ? contact.email : null
  return contact.phoneNumberVerified ? contact.phoneNumber : null
}

const found = (recipient: Recipient): Found => ({ kind: 'found', recipient })

const refused = (code: UserErrorCode, field: string): Found => ({
  kind: 'refused',
  problem: { code, field: [field] },
})
