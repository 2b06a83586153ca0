import { templateNamed } from './catalogue.js'
import type { Filling } from './filling.js'
import { localeFor } from './locales.js'
import { type Message, messageOf } from './message.js'
import { storedFacts } from './stored-facts.js'
import { LANGUAGES } from './words/languages.js'

const messages = new Map<string, Message>()

/** Fills a text in a language that `localeFor` gave. */
export function renderSms(template: string, filling: Filling): string {
  const { text } = templateNamed(template)
  if (text === null) throw new Error(`${template} never goes to a telephone`)
  const facts = text.parse(storedFacts(filling))
  return messageIn(filling.locale, template)({ ...facts, product: filling.product })
}

function messageIn(wanted: string, template: string): Message {
  const locale = localeFor(wanted)
  const key = `${locale}/${template}`
  const known = messages.get(key)
  if (known) return known

  const texts: Partial<Record<string, string>> = LANGUAGES[locale].texts
  const message = messageOf(texts[template] ?? '', locale)
  messages.set(key, message)
  return message
}
