import { isTemplate, templateNamed } from './catalogue.js'
import type { Facts } from './facts.js'
import type { Filling } from './filling.js'
import { localeFor } from './locales.js'
import { type Message, messageOf } from './message.js'
import type { OperatorWords } from './operator-words.js'
import { ownTextFacts } from './own-facts.js'
import { storedFacts } from './stored-facts.js'
import { LANGUAGES } from './words/languages.js'

const messages = new Map<string, Message>()

/** Fills a text in a language that `localeFor` gave, in an operator's words where there are any. */
export function renderSms(template: string, filling: Filling, words?: OperatorWords | null): string {
  const facts = textFacts(template, filling, words)
  const message = words?.text ?? messageIn(filling.locale, template)
  return message({ ...facts, product: filling.product, ...filling.instead })
}

function textFacts(template: string, filling: Filling, words?: OperatorWords | null): Facts {
  const stored = storedFacts(filling)
  if (words && !isTemplate(template)) return ownTextFacts(words.places, stored)
  const { text } = templateNamed(template)
  if (text === null) throw new Error(`${template} never goes to a telephone`)
  return text.parse(stored)
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
