import type { Block } from './blocks.js'
import type { Facts } from './facts.js'
import { type Message, messageOf } from './message.js'

type Part = (facts: Facts) => Block

/** Words of a mail, read once: what is filled in later can never become a button or a heading. */
export type Body = { heading: Message; blocksOf: Part[] }

type Reader = {
  locale: string
  copyLink: string
  /** Sees each piece of words before it is read, and whether it is the address of a button. */
  look?: (words: string, role: 'WORDS' | 'ADDRESS') => void
}

const worded = (words: string, { locale, look }: Reader, role: 'WORDS' | 'ADDRESS' = 'WORDS'): Message => {
  look?.(words, role)
  return messageOf(words, locale)
}

const ACTION = /^\[([^\]]+)\]\(([^)]+)\)$/
const ROW = /^\| ([^|]+) \| (.+)$/

/** Reads the body of a mail; `MailWords` says how one is written. */
export function readBody(source: string, reader: Reader): Body {
  const [heading = '', ...blocks] = source
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
  if (!heading.startsWith('# ')) throw new Error('a mail begins with its heading')
  return {
    heading: worded(heading.slice(2), reader),
    blocksOf: blocks.map((b) => partOf(b, reader)),
  }
}

function partOf(source: string, reader: Reader): Part {
  const lines = source.split('\n').map((line) => line.trim())
  const [, label, url] = ACTION.exec(source) ?? []
  if (label && url) return actionOf(worded(label, reader), worded(url, reader, 'ADDRESS'), reader.copyLink)
  if (source.startsWith('| ')) return factsOf(lines, reader)

  const kind = source.startsWith('> ') ? 'note' : source.startsWith('= ') ? 'code' : 'paragraph'
  const words = lines.join(' ')
  const text = worded(kind === 'paragraph' ? words : words.slice(2), reader)
  return (facts) => ({ kind, text: text(facts) })
}

/** A button, and the address in full for a program that shows no buttons. */
const actionOf =
  (label: Message, url: Message, hint: string): Part =>
  (facts) => ({ kind: 'action', label: label(facts), url: url(facts), hint })

function factsOf(lines: readonly string[], reader: Reader): Part {
  const rows = lines.map((line) => {
    const [, label, value] = ROW.exec(line) ?? []
    if (!label || !value) throw new Error('a row of a table is a label and a value')
    return [worded(label, reader), worded(value, reader)] as const
  })
  return (facts) => ({ kind: 'facts', rows: rows.map(([label, value]) => [label(facts), value(facts)]) })
}
