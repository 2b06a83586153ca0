const FONT =
  "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"
const MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace"

/** A name or an address without a gap must not widen the page. */
const WRAP = 'word-break:break-word'

export const BUTTON_COLOUR = '#3347c4'

/** Written into each element, since many mail programs drop a style sheet. */
export const STYLE = {
  page: `margin:0;padding:0;background-color:#f4f5f7;${FONT}`,
  /** Not seen in the mail itself. */
  preview: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  outer: 'background-color:#f4f5f7;padding:32px 16px',
  brand: `padding:0 4px 16px;font-size:17px;font-weight:700;letter-spacing:-0.01em;color:#1b1f29;${WRAP};${FONT}`,
  card: 'background-color:#ffffff;border:1px solid #e3e6eb;border-radius:12px;padding:32px',
  heading: `margin:0 0 16px;font-size:22px;line-height:1.3;font-weight:700;color:#1b1f29;${WRAP};${FONT}`,
  paragraph: `margin:0 0 16px;font-size:16px;line-height:1.55;color:#1b1f29;${WRAP};${FONT}`,
  note: `margin:0 0 8px;font-size:13px;line-height:1.55;color:#5d6675;${WRAP};${FONT}`,
  code: `margin:8px 0 24px;padding:16px;border-radius:8px;background-color:#f4f5f7;text-align:center;font-size:32px;line-height:1.2;font-weight:700;letter-spacing:0.25em;color:#1b1f29;${MONO}`,
  action: 'margin:24px 0',
  /** Outlook draws with Word, which knows no padding of a link: there the cell has it instead. */
  buttonCell: `border-radius:8px;background-color:${BUTTON_COLOUR};mso-padding-alt:13px 24px`,
  button: `display:inline-block;padding:13px 24px;mso-padding-alt:0;border-radius:8px;background-color:${BUTTON_COLOUR};color:#ffffff;font-size:16px;line-height:1.3;font-weight:600;text-decoration:none;${WRAP};${FONT}`,
  link: `color:${BUTTON_COLOUR};word-break:break-all`,
  footerLink: `color:#5d6675;text-decoration:underline;${FONT}`,
  facts: 'margin:8px 0 18px;border-collapse:collapse',
  factLabel: `padding:6px 16px 6px 0;font-size:14px;line-height:1.4;color:#5d6675;white-space:nowrap;vertical-align:top;${FONT}`,
  factValue: `padding:6px 0;font-size:14px;line-height:1.4;color:#1b1f29;width:100%;vertical-align:top;${WRAP};${FONT}`,
  footer: `padding:20px 4px 0;font-size:12px;line-height:1.5;color:#5d6675;${FONT}`,
} as const

/** For programs that keep a style sheet: dark where the reader's system is dark, tighter on a telephone. */
export const STYLE_SHEET = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.back{background-color:#12141a!important}
.card{background-color:#1c1f28!important;border-color:#2e3340!important}
.ink{color:#eef0f4!important}
.muted{color:#a3abba!important}
.code{background-color:#12141a!important}
.button{background-color:#93a2ff!important;color:#12141a!important}
.link{color:#a9b5ff!important}
}
@media (max-width:480px){.card{padding:24px 20px!important}}`

/**
 * Where lines end, for programs that can choose: no last line of one word or, in Japanese, of half a one. In a sheet of its own,
 * since some programs drop a sheet whole for one thing that they do not know.
 */
export const LINE_BREAKS = `h1,.button{text-wrap:balance}
p,.muted{text-wrap:pretty}
.ink:lang(ja),.muted:lang(ja){word-break:auto-phrase!important;overflow-wrap:anywhere;line-break:strict}`
