import type { Block } from './blocks.js'
import { type Html, html } from './html.js'
import { page } from './layout.js'
import type { Letter } from './letter.js'
import { BUTTON_COLOUR, STYLE } from './style.js'

/** The HTML of a mail: the shared layout around its pieces. */
export function htmlPart(letter: Letter): string {
  const { heading, greeting, blocks } = letter
  const body = html`<h1 class="ink" style="${STYLE.heading}">${unbroken(heading)}</h1>
<p class="ink" style="${STYLE.paragraph}">${greeting}</p>
${blocks.map(htmlOf)}`
  return page(letter, body).source
}

function htmlOf(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p class="ink" style="${STYLE.paragraph}">${unbroken(block.text)}</p>\n`
    case 'note':
      return html`<p class="muted" style="${STYLE.note}">${unbroken(block.text)}</p>\n`
    case 'code':
      return html`<p class="code ink" style="${STYLE.code}">${block.text}</p>\n`
    case 'action':
      return html`<table role="presentation" cellpadding="0" cellspacing="0" style="${STYLE.action}"><tr><td class="button" align="center" bgcolor="${BUTTON_COLOUR}" style="${STYLE.buttonCell}"><a class="button" href="${block.url}" style="${STYLE.button}">${unbroken(block.label)}</a></td></tr></table>
<p class="muted" style="${STYLE.note}">${block.hint}<br><a class="link" href="${block.url}" style="${STYLE.link}">${block.url}</a></p>\n`
    case 'facts':
      return html`<table role="presentation" class="facts" width="100%" cellpadding="0" cellspacing="0" style="${STYLE.facts}">${block.rows.map(rowOf)}</table>\n`
  }
}

/** `E-Mail` is one word: no line is to end within it. A hyphen that does not break would do, but not every font has one. */
const unbroken = (text: string): Html[] =>
  text
    .split(/\b(e-mail)/gi)
    .map((part, index) =>
      index % 2 === 0 ? html`${part}` : html`<span style="white-space:nowrap">${part}</span>`,
    )

const rowOf = ([label, value]: readonly [string, string]): Html =>
  html`<tr><td class="muted" style="${STYLE.factLabel}">${label}</td><td class="ink" style="${STYLE.factValue}">${value}</td></tr>`
