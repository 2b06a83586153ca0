import type { Facts, MailFacts } from './facts.js'
import { inertText, inertWords } from './inert.js'
import type { IsLink, Places } from './service-variables.js'

type Stored = Record<string, unknown>

/** What a template of an operator's own is filled with. Services gave it; harmless once it is read through this. */
export function ownMailFacts(places: Places, stored: Stored, isLink: IsLink): MailFacts {
  const name = typeof stored['name'] === 'string' ? inertText(stored['name']) || null : null
  return { ...factsOf(places, stored, isLink), name }
}

/** Without the name: words that say it in a text cannot be filled (SECURITY 9.3). */
export const ownTextFacts = (places: Places, stored: Stored): Facts => factsOf(places, stored, NO_LINK)

/** A text has no buttons. */
const NO_LINK: IsLink = () => false

const factsOf = (places: Places, stored: Stored, isLink: IsLink): Facts =>
  Object.fromEntries(
    Object.entries(places).map(([name, { type }]) => [name, factOf(type, stored[name], isLink)]),
  )

function factOf(type: Places[string]['type'], value: unknown, isLink: IsLink): string | number {
  if (type === 'NUMBER' && typeof value === 'number') return value
  // Seen again: it may have been written as words, of which nobody asks where they lead.
  if (type === 'LINK' && typeof value === 'string' && isLink(value)) return new URL(value).href
  if (type === 'TEXT' && (typeof value === 'string' || typeof value === 'number'))
    return inertWords(String(value))
  // The words were changed since it was written: an operator may mend that while it is tried again.
  throw new Error('a place of the template cannot be filled')
}
