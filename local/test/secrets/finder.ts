import type { Needle } from './forms.js'

export type Finder = (hay: Buffer) => string[]

const HEAD = 4
const BITS = 20

/** What of thousands of needles is in some bytes, in one pass: files of a database are long. */
export function createFinder(needles: readonly Needle[]): Finder {
  const byHead = new Map<number, Needle[]>()
  const mayStart = new Uint8Array(1 << BITS)
  for (const needle of needles) {
    const head = needle.bytes.readInt32LE(0)
    byHead.set(head, [...(byHead.get(head) ?? []), needle])
    mayStart[slot(head)] = 1
  }

  return (hay) => {
    const found = new Set<string>()
    const look = (head: number, at: number) => {
      for (const needle of byHead.get(head) ?? []) if (stands(hay, at, needle)) found.add(needle.what)
    }
    let head = 0
    const { length } = hay
    for (let end = 0; end < length; end++) {
      // Within the buffer, so there is a byte. A method call for each would take five times as long.
      head = (head >>> 8) | ((hay[end] as number) << 24)
      if (mayStart[slot(head)] !== 0) look(head, end - HEAD + 1)
    }
    return [...found]
  }
}

/** Jest looks up globals in a slow way, and this is done for each of a hundred million bytes. */
const { imul } = Math
const slot = (head: number): number => imul(head, 0x9e3779b1) >>> (32 - BITS)

function stands(hay: Buffer, at: number, { bytes, bounded }: Needle): boolean {
  const end = at + bytes.length
  if (at < 0 || end > hay.length || hay.compare(bytes, 0, bytes.length, at, end) !== 0) return false
  return !bounded || (!goesOn(hay[at - 1], BEFORE) && !goesOn(hay[end], AFTER))
}

/** Digits beside letters, digits or signs are a part of an id, of a date, or of a fraction. */
const BEFORE = /[\w.+-]/
const AFTER = /[\w-]/

const goesOn = (byte: number | undefined, signs: RegExp): boolean =>
  byte !== undefined && signs.test(String.fromCharCode(byte))
