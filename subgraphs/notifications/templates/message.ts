import { IntlMessageFormat } from 'intl-messageformat'
import type { Facts } from './facts.js'

/** Words with places to fill, in ICU MessageFormat: plurals and choices are in the words, where each language needs them. */
export type Message = (facts: Facts) => string

/** Reads words of ours, or throws where they are no such message. Signs of HTML are letters like any other. */
export function messageOf(words: string, locale: string): Message {
  const format = new IntlMessageFormat(words, locale, undefined, { ignoreTag: true })
  forgetPrototypes(format.getAst())
  return (facts) => String(format.format(facts)) // text alone is filled in, so text comes out
}

export type Piece = ReturnType<IntlMessageFormat['getAst']>[number]

/** What words are made of. */
export const piecesOf = (words: string): Piece[] =>
  new IntlMessageFormat(words, 'en', undefined, { ignoreTag: true }).getAst()

/** What is filled in chooses among the words by its name, and `constructor` is to be no name of a choice. */
function forgetPrototypes(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    if (!('options' in piece)) continue
    Object.setPrototypeOf(piece.options, null)
    for (const { value } of Object.values(piece.options)) forgetPrototypes(value)
  }
}
