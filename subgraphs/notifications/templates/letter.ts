import type { Block } from './blocks.js'
import { type Body, readBody } from './body.js'
import type { MailName } from './catalogue.js'
import type { MailFacts } from './facts.js'
import type { Locale } from './locales.js'
import { type Message, messageOf } from './message.js'
import { LANGUAGES } from './words/languages.js'

/** A mail before it is text or HTML. */
export type Letter = {
  product: string
  /** BCP 47, for the `lang` of the page. */
  locale: string
  subject: string
  heading: string
  greeting: string
  blocks: readonly Block[]
  footer: string
  colon: string
}

type Form = {
  subject: string
  body: Body
  greeting: Message
  greetingWithoutName: Message
  footer: Message
}

/** Fills a mail's words. */
export function letterOf(name: MailName, locale: Locale, facts: MailFacts & { product: string }): Letter {
  const { subject, body, greeting, greetingWithoutName, footer } = formOf(name, locale)
  return {
    product: facts.product,
    locale,
    subject,
    heading: body.heading(facts),
    greeting: facts.name === null ? greetingWithoutName(facts) : greeting(facts),
    blocks: body.blocksOf.map((blockOf) => blockOf(facts)).filter((block) => !isEmpty(block)),
    footer: footer(facts),
    colon: LANGUAGES[locale].colon,
  }
}

const forms = new Map<string, Form>()

/** Words are read once, when they are first needed: reading costs ten times as much as filling. */
function formOf(name: MailName, locale: Locale): Form {
  const key = `${locale}/${name}`
  const known = forms.get(key)
  if (known) return known

  const form = readForm(name, locale)
  forms.set(key, form)
  return form
}

function readForm(name: MailName, locale: Locale): Form {
  const language = LANGUAGES[locale]
  const { subject, body, footer = language.footer } = language.mails[name]
  return {
    subject,
    body: readBody(body, { locale, copyLink: language.copyLink }),
    greeting: messageOf(language.greeting, locale),
    greetingWithoutName: messageOf(language.greetingWithoutName, locale),
    footer: messageOf(footer, locale),
  }
}

/** A paragraph that says nothing this time, a button that leads nowhere. */
const isEmpty = (block: Block): boolean =>
  ('text' in block && block.text === '') || (block.kind === 'action' && block.url === '')
