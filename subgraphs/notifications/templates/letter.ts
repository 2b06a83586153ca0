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
  /** What a list of mails shows behind the subject: the first paragraph. A code of ours is none. */
  preview: string
  footer: string
  /** Below everything, of what may be refused. */
  unsubscribe: { label: string; url: string } | null
  colon: string
}

/** What one mail says, and what stands around it. */
export type MailWordsRead = { subject: string; body: Body }

type Frame = { greeting: Message; greetingWithoutName: Message; footer: Message }

type Written = {
  /** The one of ours whose frame it has, and whose words where there are no others. */
  name: MailName
  locale: Locale
  facts: MailFacts & { product: string }
  /** An operator's. */
  words?: MailWordsRead | undefined
  unsubscribePage: string | null
}

/** Fills a mail's words. */
export function letterOf({ name, locale, facts, words, unsubscribePage }: Written): Letter {
  const { greeting, greetingWithoutName, footer } = frameOf(name, locale)
  const { subject, body } = words ?? wordsOf(name, locale)
  const { unsubscribe, colon } = LANGUAGES[locale]
  const blocks = body.blocksOf.map((blockOf) => blockOf(facts)).filter((block) => !isEmpty(block))
  return {
    product: facts.product,
    locale,
    subject,
    heading: body.heading(facts),
    greeting: facts.name === null ? greetingWithoutName(facts) : greeting(facts),
    blocks,
    preview: beginningOf(blocks.find((block) => block.kind === 'paragraph')?.text ?? ''),
    footer: footer(facts),
    unsubscribe: unsubscribePage === null ? null : { label: unsubscribe, url: unsubscribePage },
    colon,
  }
}

/** As much as any list of mails has room for. */
const beginningOf = (text: string): string => [...text].slice(0, 150).join('')

/** Words are read once, when they are first needed: reading costs ten times as much as filling. */
function readOnce<Read>(read: (name: MailName, locale: Locale) => Read) {
  const known = new Map<string, Read>()
  return (name: MailName, locale: Locale): Read => {
    const key = `${locale}/${name}`
    const found = known.get(key) ?? read(name, locale)
    known.set(key, found)
    return found
  }
}

const wordsOf = readOnce((name, locale): MailWordsRead => {
  const { copyLink, mails } = LANGUAGES[locale]
  const { subject, body } = mails[name]
  return { subject, body: readBody(body, { locale, copyLink }) }
})

const frameOf = readOnce((name, locale): Frame => {
  const { greeting, greetingWithoutName, footer, mails } = LANGUAGES[locale]
  return {
    greeting: messageOf(greeting, locale),
    greetingWithoutName: messageOf(greetingWithoutName, locale),
    footer: messageOf(mails[name].footer ?? footer, locale),
  }
})

/** A paragraph that says nothing this time, a button that leads nowhere. */
const isEmpty = (block: Block): boolean =>
  ('text' in block && block.text === '') || (block.kind === 'action' && block.url === '')
