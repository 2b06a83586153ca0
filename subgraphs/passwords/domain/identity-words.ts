import { countCodePoints, foldCase } from './password-text.js'

/** Two letters occur in any password by chance. */
const MIN_WORD = 3

/** Callers name a person in a handful of strings; more is somebody trying what a long list costs. */
const MAX_SOURCES = 20
const MAX_SOURCE_UNITS = 320

/** Splits a name, e-mail address or username into the words a password must not consist of. */
export function identityWords(sources: readonly string[]): string[] {
  const words = sources.slice(0, MAX_SOURCES).flatMap(wordsOf)
  const long = words.filter((word) => countCodePoints(word) >= MIN_WORD)

  // The longest first: removing `ann` out of `annabel` would leave `abel` standing.
  return [...new Set(long)].sort((a, b) => b.length - a.length)
}

/** What is left of a folded password without these words, or null if it holds none of them. */
export function lengthWithout(password: string, words: readonly string[]): number | null {
  const folded = foldCase(password)
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), folded)

  return rest === folded ? null : countCodePoints(rest)
}

function wordsOf(source: string): string[] {
  const folded = foldCase(localPart(source.slice(0, MAX_SOURCE_UNITS)))
  const words = folded.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  // Of `ada1815` the letters count too: people keep the name and change the number.
  const letters = folded.match(/[\p{L}\p{M}]+/gu) ?? []

  return [folded.trim(), words.join(''), ...words, ...letters]
}

function localPart(source: string): string {
  const at = source.lastIndexOf('@')
  return at > 0 ? source.slice(0, at) : source
}
