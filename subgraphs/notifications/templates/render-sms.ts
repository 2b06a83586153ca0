import { FALLBACK_LOCALE } from './catalogue.js'
import type { Filling } from './define-template.js'
import { TEXTS } from './texts/catalogue.js'
import type { Text } from './texts/define-text.js'

/** Fills a short message in a language that `smsLocaleFor` gave. */
export function renderSms(name: string, filling: Filling): string {
  const text = textIn(filling.locale, name) ?? textIn(FALLBACK_LOCALE, name)
  if (!text) throw new Error(`no text is named ${name}`)
  return text(filling)
}

/** The closest language a text has: `de-AT`, else `de`, else English. */
export const smsLocaleFor = (name: string, wanted: string): string =>
  [wanted, wanted.split('-')[0] ?? ''].find((locale) => textIn(locale, name)) ?? FALLBACK_LOCALE

function textIn(locale: string, name: string): Text | undefined {
  const texts = Object.hasOwn(TEXTS, locale) ? TEXTS[locale] : undefined
  return texts && Object.hasOwn(texts, name) ? texts[name] : undefined
}
