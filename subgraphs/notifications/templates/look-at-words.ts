import { type Piece, piecesOf } from './message.js'

/** What words name, and how. */
export type Look = {
  names: Set<string>
  /** Named whatever is chosen. */
  always: Set<string>
  /** By which a plural is chosen. */
  numbers: Set<string>
  /** How often something is filled in, whatever is chosen. */
  places: number
}

const MAX_DEPTH = 3
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,39}$/
const [LITERAL, ARGUMENT, SELECT, PLURAL, POUND] = [0, 1, 5, 6, 7]

/**
 * Sees what words of an operator's name. Throws for what is no ICU MessageFormat, and for what we have no use for: formats of
 * numbers and times, choices in choices in choices, and names that mean something to JavaScript.
 */
export function lookAt(words: string): Look {
  const look = emptyLook()
  for (const piece of piecesOf(words)) walk(piece, 0, look)
  return look
}

export const emptyLook = (): Look => ({ names: new Set(), always: new Set(), numbers: new Set(), places: 0 })

function walk(piece: Piece, depth: number, look: Look): void {
  if (piece.type === LITERAL) return
  look.places += 1
  if (piece.type === POUND) return
  const name = nameOf(piece)
  look.names.add(name)
  if (piece.type === PLURAL) look.numbers.add(name)
  if ('options' in piece) walkChoices(piece.options, depth + 1, look)
  else if (depth === 0) look.always.add(name)
}

function walkChoices(options: Record<string, { value: Piece[] }>, depth: number, look: Look): void {
  if (depth > MAX_DEPTH) throw new Error('too many choices in choices')
  for (const piece of Object.values(options).flatMap(({ value }) => value)) walk(piece, depth, look)
}

function nameOf(piece: Piece): string {
  const isKnown = piece.type === ARGUMENT || piece.type === SELECT || piece.type === PLURAL
  if (!isKnown || !('value' in piece) || typeof piece.value !== 'string') throw new Error('no such piece')
  if (!NAME.test(piece.value) || piece.value in Object.prototype) throw new Error('no such name')
  return piece.value
}
