import { segmentsOf } from '../../subgraphs/notifications/domain/segments.js'
import { type MailName, TEMPLATES } from '../../subgraphs/notifications/templates/catalogue.js'
import { EXAMPLES, type Example } from '../../subgraphs/notifications/templates/examples.js'
import { Html, html } from '../../subgraphs/notifications/templates/html.js'
import { LOCALES, type Locale } from '../../subgraphs/notifications/templates/locales.js'
import { render } from '../../subgraphs/notifications/templates/render.js'
import { renderSms } from '../../subgraphs/notifications/templates/render-sms.js'

const WIDTHS: Record<string, number> = { phone: 360, desktop: 680 }

/** Every message, a row for each way it is worded and a column for each language. */
export function overview(product: string, width: string | null): string {
  const names = Object.keys(TEMPLATES) as MailName[] // the keys of a constant
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Messages of ${product}</title>
<style>${new Html(styleFor(WIDTHS[width ?? ''] ?? 360))}</style>
</head>
<body>
<header><h1>Messages of ${product}</h1>
<nav><a href="/?width=phone">as on a phone</a> <a href="/?width=desktop">as on a desktop</a></nav>
<nav>${names.map((name) => html`<a href="#${name}">${name}</a> `)}</nav></header>
${names.map((name) => section(name, product))}
<script src="/script.js"></script>
</body>
</html>
`.source
}

const section = (name: MailName, product: string): Html =>
  html`<section id="${name}"><h2>${name}</h2>
${EXAMPLES[name].map((example, index) => row({ name, example, index, product }))}</section>\n`

type Row = { name: MailName; example: Example; index: number; product: string }

const row = (given: Row): Html =>
  html`<div class="row" tabindex="0">${LOCALES.map((locale) => cell(locale, given))}</div>\n`

function cell(locale: Locale, { name, example, index, product }: Row): Html {
  const filling = { product, locale, ...example }
  const { subject, text } = render(name, filling)
  const sms = index === 0 && TEMPLATES[name].text ? [smsOf(renderSms(name, filling))] : []
  return html`<article lang="${locale}"><h3>${locale} · ${subject}</h3>
<iframe src="/${name}/${locale}/${String(index)}" loading="lazy" title="${subject}"></iframe>
<details><summary>Text part</summary><pre>${text}</pre></details>
${sms}</article>`
}

function smsOf(text: string): Html {
  const { encoding, count } = segmentsOf(text)
  return html`<p class="sms">${text}</p><p class="count">SMS: ${String(text.length)} letters, ${encoding}, ${String(count)} × billed</p>`
}

const styleFor = (width: number): string => `
:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}
body{margin:0}
header{padding:16px}
h1{font-size:20px;margin:0 0 8px}
h2{font-size:16px;margin:0;padding:16px 16px 0}
h3{font-size:13px;margin:0 0 8px;min-height:3em}
nav a{display:inline-block;margin-right:8px}
.row{display:grid;grid-auto-flow:column;grid-auto-columns:${width}px;gap:16px;overflow-x:auto;padding:16px;align-items:start}
iframe{width:100%;height:560px;border:1px solid #8888;border-radius:8px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px}
.sms{margin:8px 0 0;padding:10px 14px;border-radius:14px;background:#8883;overflow-wrap:anywhere}
.count{margin:4px 0 0;font-size:12px;opacity:.7}
`
