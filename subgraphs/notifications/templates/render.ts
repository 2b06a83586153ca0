import { isTemplate, templateNamed } from './catalogue.js'
import type { MailFacts } from './facts.js'
import type { Filling } from './filling.js'
import { htmlPart } from './html-part.js'
import { letterOf } from './letter.js'
import { localeFor } from './locales.js'
import { momentIn } from './moment.js'
import type { OperatorWords } from './operator-words.js'
import { ownMailFacts } from './own-facts.js'
import type { IsLink } from './service-variables.js'
import { storedFacts } from './stored-facts.js'
import { textPart } from './text-part.js'

type Rendered = { subject: string; text: string; html: string }

/** Fills a mail in a language that `localeFor` gave, in an operator's words where there are any. */
export function render(template: string, filling: Filling, words?: OperatorWords | null): Rendered {
  const locale = localeFor(filling.locale)
  const facts = mailFacts(template, filling, words)
  const letter = letterOf({
    locale,
    // A template of an operator's own stands in the frame of the plain one.
    name: isTemplate(template) ? template : (filling.frame ?? 'custom'),
    facts: {
      ...facts,
      product: filling.product,
      ...(typeof facts['at'] === 'string' && { time: momentIn(facts['at'], locale, facts) }),
      ...filling.instead,
    },
    words: words?.mail ?? undefined,
    unsubscribePage: filling.unsubscribePage ?? null,
  })
  return { subject: letter.subject, text: textPart(letter), html: htmlPart(letter) }
}

/** Unless it is said where a button may lead. */
const NOWHERE: IsLink = () => false

function mailFacts(template: string, filling: Filling, words?: OperatorWords | null): MailFacts {
  const stored = storedFacts(filling)
  if (words && !isTemplate(template)) return ownMailFacts(words.places, stored, filling.isLink ?? NOWHERE)
  return templateNamed(template).mail.parse(stored)
}
