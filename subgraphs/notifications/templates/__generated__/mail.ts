// Made of mail.mjml by npm run codegen.
import { type Html, html, type Value } from '../html.js'

export const mail = ({ locale, subject, preview, product, heading, greeting, blocks, footer, refusal }: Record<'locale' | 'subject' | 'preview' | 'product' | 'heading' | 'greeting' | 'blocks' | 'footer' | 'refusal', Value>): Html => html`<!doctype html>
<html lang="${locale}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<title>${subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.back, .back > div { background-color: #12141a !important; }
.card > table > tbody > tr > td { background-color: #1c1f28 !important; border-color: #2e3340 !important; }
.ink, .ink div, .ink p { color: #eef0f4 !important; }
.muted, .muted div { color: #a3abba !important; }
.code td, .code p { background: #12141a !important; }
.button td, .button a { background: #93a2ff !important; color: #12141a !important; }
.link, .quiet { color: #a9b5ff !important; }
}
@media (max-width: 480px) {
.card > table > tbody > tr > td { padding: 24px 20px !important; }
}
</style>
<style>
h1, .button { text-wrap: balance; }
.ink, .muted { text-wrap: pretty; }
.ink:lang(ja), .muted:lang(ja) { word-break: auto-phrase !important; overflow-wrap: anywhere; line-break: strict; }
</style>
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
</head>
<body class="back" style="word-spacing:normal;background-color:#f4f5f7;">
<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">${preview}</div>
<div aria-label="${subject}" aria-roledescription="email" role="article" lang="${locale}" dir="ltr" style="word-spacing:normal;background-color:#f4f5f7;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:552px;" width="552" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:552px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:32px 16px 0;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:520px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%">
<tbody>
<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 4px 16px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:17px;font-weight:700;letter-spacing:-0.01em;line-height:1.2;text-align:left;color:#1b1f29;">${product}</div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:552px;" width="552" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:552px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:0 16px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="card-outlook" style="vertical-align:top;width:520px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix card" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%" style="border-collapse:separate;">
<tbody>
<tr>
<td style="background-color:#ffffff;border:1px solid #e3e6eb;border-radius:12px;vertical-align:top;border-collapse:separate;padding:32px;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style width="100%">
<tbody>
<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#1b1f29;"><h1 style="margin: 0; font-size: 22px; line-height: 1.3; font-weight: 700;">${heading}</h1></div>
</td>
</tr>
<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#1b1f29;">${greeting}</div>
</td>
</tr>
${blocks}
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="width:552px;" width="552" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:552px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:0 16px 32px;text-align:center;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:520px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%">
<tbody>
<tr>
<td align="left" class="muted" style="font-size:0px;padding:20px 4px 0;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:12px;line-height:1.5;text-align:left;color:#5d6675;">${footer}${refusal}</div>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>`

export const paragraph = ({ text }: Record<'text', Value>): Html => html`<tr>
<td align="left" class="ink" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:16px;line-height:1.55;text-align:left;color:#1b1f29;">${text}</div>
</td>
</tr>`

export const note = ({ text }: Record<'text', Value>): Html => html`<tr>
<td align="left" class="muted" style="font-size:0px;padding:0 0 8px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#5d6675;">${text}</div>
</td>
</tr>`

export const code = ({ text }: Record<'text', Value>): Html => html`<tr>
<td align="center" class="code ink" style="font-size:0px;padding:0 0 24px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;width:100%;line-height:100%;">
<tbody>
<tr>
<td align="center" bgcolor="#f4f5f7" role="presentation" style="border:none;border-radius:8px;cursor:auto;mso-padding-alt:16px;background:#f4f5f7;" valign="middle">
<p style="display:inline-block;background:#f4f5f7;color:#1b1f29;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace;font-size:32px;font-weight:700;line-height:1.2;letter-spacing:0.25em;margin:0;text-decoration:none;text-transform:none;padding:16px;mso-padding-alt:0px;border-radius:8px;">
${text}
</p>
</td>
</tr>
</tbody>
</table>
</td>
</tr>`

export const action = ({ url, label, hint }: Record<'url' | 'label' | 'hint', Value>): Html => html`<tr>
<td align="left" class="button" style="font-size:0px;padding:8px 0 24px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
<tbody>
<tr>
<td align="center" bgcolor="#3347c4" role="presentation" style="border:none;border-radius:8px;cursor:auto;mso-padding-alt:13px 24px;background:#3347c4;" valign="middle">
<a href="${url}" style="display:inline-block;background:#3347c4;color:#ffffff;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:16px;font-weight:600;line-height:1.3;margin:0;text-decoration:none;text-transform:none;padding:13px 24px;mso-padding-alt:0px;border-radius:8px;" target="_blank">
${label}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
<tr>
<td align="left" class="muted" style="font-size:0px;padding:0 0 8px;word-break:break-word;">
<div style="font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:13px;line-height:1.55;text-align:left;color:#5d6675;">${hint}<br><a class="link" href="${url}" style="color: #3347c4; word-break: break-all;">${url}</a></div>
</td>
</tr>`

export const facts = ({ rows }: Record<'rows', Value>): Html => html`<tr>
<td align="left" style="font-size:0px;padding:0 0 18px;word-break:break-word;">
<table cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#000000;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif;font-size:14px;line-height:1.4;table-layout:auto;width:100%;border:none;">
${rows}
</table>
</td>
</tr>`

export const row = ({ label, value }: Record<'label' | 'value', Value>): Html => html`<tr><td class="label muted" style="padding: 6px 16px 6px 0; color: #5d6675; white-space: nowrap; vertical-align: top;" valign="top">${label}</td><td class="value ink" style="padding: 6px 0; color: #1b1f29; width: 100%; vertical-align: top;" width="100%" valign="top">${value}</td></tr>`

export const refusal = ({ url, label }: Record<'url' | 'label', Value>): Html => html`<br><a class="quiet" href="${url}" style="color: #5d6675; text-decoration: underline;">${label}</a>`
