import type { Channel } from '../domain/message.js'
import { isTemplate, type MailName, TEMPLATES, textNameOf } from './catalogue.js'
import { readOperatorWords } from './operator-words.js'
import type { Places } from './service-variables.js'
import { LANGUAGES } from './words/languages.js'

/** One of our templates, as words may be put in its place. */
export type OurTemplate = {
  /** What the message itself is called. */
  template: MailName
  channel: Channel
  /** What may be named in it. */
  names: ReadonlySet<string>
  /** The same, as somebody may fill them for a preview. */
  places: Places
  wordsIn(locale: keyof typeof LANGUAGES): { subject: string | null; body: string }
}

const SUFFIX = textNameOf('')

/** Names of our templates, those of texts among them. */
export const OUR_NAMES: readonly string[] = Object.entries(TEMPLATES).flatMap(([name, { text }]) =>
  text === null ? [name] : [name, textNameOf(name)],
)

/** By the name that its words have; null where it is none of ours. */
export function ourTemplate(name: string): OurTemplate | null {
  if (isTemplate(name)) return ourMail(name)
  const mail = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : ''
  return isTemplate(mail) && TEMPLATES[mail].text !== null ? ourText(mail) : null
}

/** Whether a name would look like the text of one of ours that has none. */
export const looksLikeOurs = (name: string): boolean =>
  name.endsWith(SUFFIX) && isTemplate(name.slice(0, -SUFFIX.length)) && ourTemplate(name) === null

function ourMail(name: MailName): OurTemplate {
  const wordsIn: OurTemplate['wordsIn'] = (locale) => LANGUAGES[locale].mails[name]
  const source = { name, locale: 'en', channel: 'EMAIL' as const, ...wordsIn('en') }
  const { look, places } = readOperatorWords(source)
  const names = new Set([...look.names, 'product', 'name'])
  return { template: name, channel: 'EMAIL', names, places, wordsIn }
}

function ourText(name: MailName): OurTemplate {
  const wordsIn: OurTemplate['wordsIn'] = (locale) => {
    const texts: Partial<Record<string, string>> = LANGUAGES[locale].texts
    return { subject: null, body: texts[name] ?? '' }
  }
  const source = { name, locale: 'en', channel: 'SMS' as const, ...wordsIn('en') }
  // No text holds a name (SECURITY 9.3).
  const { look, places } = readOperatorWords(source)
  return { template: name, channel: 'SMS', names: new Set([...look.names, 'product']), places, wordsIn }
}
