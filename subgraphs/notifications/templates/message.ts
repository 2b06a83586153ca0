import { IntlMessageFormat } from 'intl-messageformat'
import type { Facts } from './facts.js'

/** Words with places to fill, in ICU MessageFormat: plurals and choices are in the words, where each language needs them. */
export type Message = (facts: Facts) => string

/** Reads words of ours, or throws where they are no such message. Signs of HTML are letters like any other. */
export function messageOf(words: string, locale: string): Message {
  const format = new IntlMessageFormat(words, locale, undefined, { ignoreTag: true })
  return (facts) => String(format.format(facts)) // text alone is filled in, so text comes out
}
