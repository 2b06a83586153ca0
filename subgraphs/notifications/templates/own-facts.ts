import type { Facts, MailFacts } from './facts.js'
import { inertText, inertWords } from './inert.js'
import type { Places } from './service-variables.js'

type Stored = Record<string, unknown>

/** What a template of an operator's own is filled with. Services gave it; harmless once it is read through this. */
export function ownMailFacts(places: Places, stored: Stored): MailFacts {
  const name = typeof stored['name'] === 'string' ? inertText(stored['name']) || null : null
  return { ...ownTextFacts(places, stored), name }
}

/** Without the name: words that say it in a text cannot be filled (SECURITY 9.3). */
export const ownTextFacts = (places: Places, stored: Stored): Facts =>
  Object.fromEntries(Object.entries(places).map(([name, { type }]) => [name, factOf(type, stored[name])]))

function factOf(type: Places[string]['type'], value: unknown): string | number {
  if (type === 'NUMBER' && typeof value === 'number') return value
  if (type === 'LINK' && typeof value === 'string' && /^https?:$/.test(new URL(value).protocol)) return value
  if (type === 'TEXT' && (typeof value === 'string' || typeof value === 'number'))
    return inertWords(String(value))
  // The words were changed since it was written: an operator may mend that while it is tried again.
  throw new Error('a place of the template cannot be filled')
}
