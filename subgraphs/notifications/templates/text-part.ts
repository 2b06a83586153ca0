import type { Block } from './blocks.js'
import type { Letter } from './letter.js'

/** The plain text of a mail. */
export function textPart(letter: Letter): string {
  const { product, heading, greeting, blocks, footer, unsubscribe, colon } = letter
  const texts = blocks.map((block) => textOf(block, colon))
  const refusal = unsubscribe ? [`${unsubscribe.label}${colon}\n${unsubscribe.url}`] : []
  return [heading, greeting, ...texts, `-- \n${product}\n${footer}`, ...refusal].join('\n\n').concat('\n')
}

function textOf(block: Block, colon: string): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text
    case 'action':
      return `${block.label}${colon}\n${block.url}`
    case 'code':
      return `    ${block.text}`
    case 'facts':
      return block.rows.map(([label, value]) => `${label}${colon} ${value}`).join('\n')
  }
}
