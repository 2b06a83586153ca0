import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** CommonJS, and without types. */
type Compile = (source: string, options: object) => Promise<{ html: string }>
const { default: compile }: { default: Compile } = require('mjml-core')
const preset: unknown = require('mjml-preset-core')

const OPTIONS = {
  presets: [preset],
  validationLevel: 'strict',
  // Else a family that Google has would be loaded from there.
  fonts: {},
  // Those between components; the marks of parts stand in what is kept as it is.
  keepComments: false,
}

/** The TypeScript that fills a mail written in MJML: a function for the frame, and one for each part that is marked in it. */
export async function mailLayout(source: string): Promise<string> {
  const { html } = await compile(source, OPTIONS)
  const functions = [...partsOf('mail', html.replace(/\s*\n\s*/g, '\n').trim())].map(functionOf)
  return `${HEAD}\n${functions.join('\n')}`
}

const HEAD = `// Made of mail.mjml by npm run codegen.
import { type Html, html, type Value } from '../html.js'
`

const PART = /\n?<!-- part (\w+) -->([\s\S]*?)<!-- end \1 -->/g

/** What stands between the marks of a part is taken out of what is around it, parts within parts too. */
function partsOf(name: string, marked: string): Map<string, string> {
  const parts = new Map([[name, marked.replace(PART, '')]])
  for (const [, inner = '', body = ''] of marked.matchAll(PART)) {
    for (const [found, text] of partsOf(inner, body.trim())) {
      if (parts.has(found)) throw new Error(`There are two parts ${found}.`)
      parts.set(found, text)
    }
  }
  return parts
}

const HOLE = /\{\{(\w+)\}\}/g
const holesOf = (text: string): string[] => [...text.matchAll(HOLE)].map(([, name = '']) => name)

function functionOf([name, text]: readonly [string, string]): string {
  const holes = [...new Set(holesOf(text))]
  assertFillable(name, text)
  const literal = text.replace(/[`\\]|\$\{/g, '\\$&').replace(HOLE, (_, hole: string) => `\${${hole}}`)
  const given = holes.map((hole) => `'${hole}'`).join(' | ')
  return `export const ${name} = ({ ${holes.join(', ')} }: Record<${given}, Value>): Html => html\`${literal}\`\n`
}

/** `html` escapes for text, and for attributes in quotes that are words or addresses. Anywhere else a value could become more. */
const SOURCE = /<!--[\s\S]*?-->|<(style|script)\b[\s\S]*?<\/\1>/g
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi
const WORDS = /\s(?:aria-label|href|lang|title)="[^"]*"/g

/** With the holes that may be filled: those between tags, and those of the attributes above. */
const fillable = (text: string): string =>
  text.replace(SOURCE, '').replace(TAG, (tag) => (tag.match(WORDS) ?? []).join(''))

function assertFillable(name: string, text: string): void {
  const [odd] = /\{\{|\}\}|<!-- (part|end)\b/.exec(text.replace(HOLE, '')) ?? []
  if (odd) throw new Error(`In ${name} there is a stray ${odd}.`)
  const count = holesOf(text).length
  if (count === 0) throw new Error(`Of the layout, nothing is filled into ${name}.`)
  if (holesOf(fillable(text)).length < count) {
    throw new Error(`In ${name} something is filled in that is neither text nor in quotes.`)
  }
}
