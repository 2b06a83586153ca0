import type { OperatorTemplate } from '../domain/template-ports.js'
import { type Body, readBody } from './body.js'
import { localeFor } from './locales.js'
import { emptyLook, type Look, lookAt } from './look-at-words.js'
import { type Message, messageOf } from './message.js'
import { LONGEST_LINK, type Places } from './service-variables.js'
import { LANGUAGES } from './words/languages.js'

/** Words of an operator's, read: what is filled in later can never become a button, a heading or HTML. */
export type OperatorWords = {
  /** Of a mail. */
  mail: { subject: string; body: Body } | null
  /** Of a text. */
  text: Message | null
  /** What a service fills, where the template is the operator's own. */
  places: Places
  look: Look
  /** Names that are the address of a button, and those that stand among the words. */
  addresses: ReadonlySet<string>
  spoken: ReadonlySet<string>
}

/** Filled by us in every template. */
export const FILLED_BY_US: readonly string[] = ['product', 'name']

const LONGEST = { EMAIL: 1000, SMS: 160 } as const

/** Reads words, or throws where they are none. */
export function readOperatorWords({ channel, locale, subject, body }: OperatorTemplate): OperatorWords {
  const look = emptyLook()
  const [addresses, spoken] = [new Set<string>(), new Set<string>()]
  const note = (words: string, role: 'WORDS' | 'ADDRESS') => {
    const seen = role === 'ADDRESS' ? lookAtAddress(words) : lookAt(words)
    for (const kind of LOOKS) addAll(look[kind], seen[kind])
    look.places += seen.places
    addAll(role === 'ADDRESS' ? addresses : spoken, seen.names)
  }

  const language = localeFor(locale)
  const reader = { locale: language, copyLink: LANGUAGES[language].copyLink, look: note }
  const mail = channel === 'EMAIL' ? { subject: subject ?? '', body: readBody(body, reader) } : null
  if (channel === 'SMS') note(body, 'WORDS')
  const text = channel === 'SMS' ? messageOf(body, language) : null
  return { mail, text, look, addresses, spoken, places: placesOf(look, addresses, LONGEST[channel]) }
}

const LOOKS = ['names', 'always', 'numbers'] as const

function addAll(to: Set<string>, names: Iterable<string>): void {
  for (const name of names) to.add(name)
}

/** A button leads to what one variable says, or to an address in full: nothing is put together. */
function lookAtAddress(words: string): Look {
  const look = lookAt(words)
  const isVariable = look.names.size === 1 && /^\{\s*\w+\s*\}$/.test(words)
  const isAddress = look.names.size === 0 && URL.canParse(words) && new URL(words).protocol === 'https:'
  if (!isVariable && !isAddress) throw new Error('no address')
  return look
}

function placesOf({ names, numbers }: Look, addresses: ReadonlySet<string>, longest: number): Places {
  const placeOf = (name: string) => {
    if (addresses.has(name)) return { type: 'LINK' as const, longest: LONGEST_LINK }
    return { type: numbers.has(name) ? ('NUMBER' as const) : ('TEXT' as const), longest }
  }
  const theirs = [...names]
    .filter((name) => !FILLED_BY_US.includes(name))
    .toSorted((one, other) => one.localeCompare(other))
  return Object.fromEntries(theirs.map((name) => [name, placeOf(name)]))
}
