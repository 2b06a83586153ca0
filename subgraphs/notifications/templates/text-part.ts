import type { Block } from './blocks.js'
import type { Letter } from './letter.js'

/** The plain text of a mail. */
export function textPart({ product, heading, greeting, blocks, footer }: Letter): string {
  return [heading, greeting, ...blocks.map(textOf), `-- \n${product}\n${footer}`].join('\n\n').concat('\n')
}

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text
    case 'action':
      return `${block.label}:\n${block.url}`
    case 'code':
      return `    ${block.text}`
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n')
  }
}
