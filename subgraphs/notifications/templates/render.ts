import { templateNamed } from './catalogue.js'
import type { Filling } from './filling.js'
import { htmlPart } from './html-part.js'
import { letterOf } from './letter.js'
import { localeFor } from './locales.js'
import { momentIn } from './moment.js'
import { storedFacts } from './stored-facts.js'
import { textPart } from './text-part.js'

type Rendered = { subject: string; text: string; html: string }

/** Fills a mail in a language that `localeFor` gave. */
export function render(template: string, filling: Filling): Rendered {
  const { mail, name } = templateNamed(template)
  const locale = localeFor(filling.locale)
  const facts = mail.parse(storedFacts(filling))
  const letter = letterOf(name, locale, {
    ...facts,
    product: filling.product,
    ...(typeof facts['at'] === 'string' && { time: momentIn(facts['at'], locale, facts) }),
  })
  return { subject: letter.subject, text: textPart(letter), html: htmlPart(letter) }
}
