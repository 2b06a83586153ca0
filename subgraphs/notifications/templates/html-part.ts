import {
  action,
  code,
  facts,
  mail,
  note,
  paragraph,
  refusal as refusalOf,
  row,
} from './__generated__/mail.js'
import type { Block } from './blocks.js'
import { type Html, html } from './html.js'
import type { Letter } from './letter.js'

/** The HTML of a mail: the layout of `mail.mjml`, filled. Each value is named, so that one without a place is a fault in the types. */
export function htmlPart(letter: Letter): string {
  const { product, locale, subject, preview, greeting, footer, unsubscribe } = letter
  const heading = unbroken(letter.heading)
  const blocks = letter.blocks.map(htmlOf)
  const refusal = unsubscribe ? refusalOf({ url: unsubscribe.url, label: unsubscribe.label }) : ''
  return mail({ product, locale, subject, preview, heading, greeting, blocks, footer, refusal }).source
}

function htmlOf(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return paragraph({ text: unbroken(block.text) })
    case 'note':
      return note({ text: unbroken(block.text) })
    case 'code':
      return code({ text: block.text })
    case 'action':
      return action({ label: unbroken(block.label), url: block.url, hint: block.hint })
    case 'facts':
      return facts({ rows: block.rows.map(([label, value]) => row({ label, value })) })
  }
}

/** `E-Mail` is one word: no line is to end within it. A hyphen that does not break would do, but not every font has one. */
const unbroken = (text: string): Html[] =>
  text
    .split(/\b(e-mail)/gi)
    .map((part, index) =>
      index % 2 === 0 ? html`${part}` : html`<span style="white-space:nowrap">${part}</span>`,
    )
