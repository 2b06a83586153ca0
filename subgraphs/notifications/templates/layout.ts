import { Html, html } from './html.js'
import type { Letter } from './letter.js'
import { LINE_BREAKS, STYLE, STYLE_SHEET } from './style.js'

/**
 * The frame of every mail. It loads nothing from anywhere, so that opening a mail tells nobody (SECURITY 11.5).
 * Outlook draws with Word, which knows no `max-width`, and gets a table of that width around it.
 */
export function page({ locale, subject, preview, product, footer, unsubscribe }: Letter, body: Html): Html {
  const refusal = unsubscribe
    ? [
        html`<br><a class="link" href="${unsubscribe.url}" style="${STYLE.footerLink}">${unsubscribe.label}</a>`,
      ]
    : []
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>${new Html(STYLE_SHEET)}</style>
<style>${new Html(LINE_BREAKS)}</style>
</head>
<body class="back" style="${STYLE.page}">
<div style="${STYLE.preview}">${preview}</div>
<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" style="${STYLE.outer}"><tr><td align="center">
<!--[if mso]><table role="presentation" width="520" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px">
<tr><td class="ink" style="${STYLE.brand}">${product}</td></tr>
<tr><td class="card" style="${STYLE.card}">
${body}
</td></tr>
<tr><td class="muted" style="${STYLE.footer}">${footer}${refusal}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`
}
