const MAX_CODE_POINTS = 64

/** Bidi overrides, zero-width and other characters that are not seen. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cs}]/gu
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]/gu
/** What programs see an address in: scheme, path and mail signs, also in their wide forms. */
const ADDRESS_SIGNS = /[:/\\@<>"'`\uFF1A\uFF0F\uFF3C\uFF20\u2044\u2215]+/gu
/** Dots that domain names are read with (RFC 3490, section 3.1) and one that looks like them. */
const DOTS = /[.\u2024\u3002\uFF0E\uFF61]+/gu

/**
 * Text that a person chose, made fit for a mail in our name (SECURITY 9.3): one line, and nothing that a mail program
 * turns into a link. `J.R.R. Tolkien` becomes `J. R. R. Tolkien`, `http://evil.example/x` becomes `http evil. example x`.
 */
export const inertText = (text: string): string => cut(oneLine(disarmed(text)), MAX_CODE_POINTS)

/** A sum, a day, a time: up to three groups of digits. Four could be an address of the network. */
const FIGURES = /(?<![^\s(])(\d{1,9}(?:[.:/]\d{1,9}){1,2})(?=[\s),;!?]|\.?(?:\s|$))/u

/** What a service has to say, made fit in the same way; `12.50` and `24/12/2026 10:30` stay as they are. */
export const inertWords = (text: string): string =>
  oneLine(
    text
      .split(FIGURES)
      // Every other part is what the pattern has found.
      .map((part, index) => (index % 2 === 1 ? part : disarmed(part)))
      .join(''),
  )

const disarmed = (text: string): string =>
  text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(BREAKS, ' ')
    .replace(ADDRESS_SIGNS, keepApostrophe)
    .replace(DOTS, '. ')

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

const cut = (text: string, codePoints: number): string => [...text].slice(0, codePoints).join('').trim()

/** `O'Brien` keeps its apostrophe: alone it makes no address. */
const keepApostrophe = (signs: string) => (signs === "'" ? signs : ' ')
